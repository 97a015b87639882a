"""What a browser without scripts would send of a form, read sooner than as soup."""

from html.parser import HTMLParser


def form_values(text, kind="article"):
    """Return the values of the form of a row, by their names."""
    reader = _Reader(f"{kind}_form")
    reader.feed(text)
    reader.close()
    return reader.values


class _Reader(HTMLParser):
    def __init__(self, form):
        super().__init__()
        self.form, self.is_within, self.templates = form, False, 0
        self.values = {}
        # What is open: a list to choose from, a field of several lines.
        self.select, self.options = None, []
        self.textarea, self.text = None, []

    def handle_starttag(self, tag, attributes):
        own = {name: value or "" for name, value in attributes}
        if tag == "template":
            self.templates += 1
        elif tag == "form":
            self.is_within = own.get("id") == self.form
        elif tag == "option":
            self.options.append(own)
        elif "name" in own and self.is_sent(own):
            self.handle_field(tag, own)

    def is_sent(self, own):
        is_of_form = self.is_within or own.get("form") == self.form
        return is_of_form and not self.templates

    def handle_field(self, tag, own):
        match tag, own.get("type"):
            case "select", _:
                self.select, self.options = own, []
            case "textarea", _:
                self.textarea, self.text = own, []
            case _, "checkbox" | "radio":
                if "checked" in own:
                    self.add(own, [own.get("value", "on")])
            case _, "submit" | "file":
                pass
            case _:
                self.add(own, [own.get("value", "")])

    def handle_data(self, data):
        if self.textarea:
            self.text.append(data)

    def handle_endtag(self, tag):
        match tag:
            case "template":
                self.templates -= 1
            case "form":
                self.is_within = False
            case "select" if self.select:
                chosen = [own["value"] for own in self.options if "selected" in own]
                first = [own["value"] for own in self.options[:1]]
                is_multiple = "multiple" in self.select
                self.add(self.select, chosen or ([] if is_multiple else first))
                self.select = None
            case "textarea" if self.textarea:
                text = "".join(self.text).removeprefix("\n").replace("\n", "\r\n")
                self.add(self.textarea, [text])
                self.textarea = None

    def add(self, own, values):
        self.values.setdefault(own["name"], []).extend(values)
