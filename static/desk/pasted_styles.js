// What the styles of pasted HTML mean for its words. They are read as strings: under
// the page's policy no element has a style, and each one that is parsed is complained of.

const TAG = /<[a-z](?:"[^"]*"|'[^']*'|[^"'<>])*>/gi
const BOLD = /^(bold|bolder|[6-9]\d\d|1000)\b/
const NOT_BOLD = /^(normal|lighter|initial|unset|[1-5]\d\d)\b/

// Returns the HTML with styles and scripts of elements renamed, and without sheets.
export function inertHtml(html) {
  const rename = (tag) => tag.replace(/([\s"'/])(style|on[a-z]+)(\s*=)/gi, "$1data-$2$3")
  return sheets(html).rest.replace(TAG, rename)
}

// Returns a function from an element to what its style says of its words.
export function readStyles(html) {
  const rules = readRules(sheets(html).css)
  const known = new Map()
  return (element) => {
    const written = [...fromRules(element, rules), element.getAttribute("data-style")]
    const style = written.filter(Boolean).join(";")
    if (!known.has(style)) known.set(style, meaning(declarations(style)))
    return known.get(style)
  }
}

function sheets(html) {
  const [rest, ...pieces] = html.split(/<style\b[^>]*>/i)
  const css = []
  const others = pieces.map((piece) => {
    const [sheet, ...other] = piece.split(/<\/style\s*>/i)
    css.push(sheet)
    return other.join("")
  })
  return { css: css.join("\n"), rest: [rest, ...others].join("") }
}

// Of a sheet only plain selectors count: .xl65, p.p1, h1.
function readRules(css) {
  const rules = new Map()
  const plain = css.replace(/<!--|-->/g, "").replace(/\/\*[^*]*\*+(?:[^/*][^*]*\*+)*\//g, "")
  for (const rule of plain.split("}")) {
    const [selectors, body] = rule.split("{")
    for (const selector of body ? selectors.split(",") : []) {
      const name = selector.trim().toLowerCase()
      if (!/^[\w-]*(\.[\w-]+)?$/.test(name)) continue
      rules.set(name, `${rules.get(name) ?? ""};${body}`)
    }
  }
  return rules
}

function fromRules(element, rules) {
  if (!rules.size) return []
  const tag = element.tagName.toLowerCase()
  const classes = (element.getAttribute("class") ?? "").toLowerCase().split(/\s+/)
  const names = classes.filter(Boolean).flatMap((name) => [`.${name}`, `${tag}.${name}`])
  return [tag, ...names].map((name) => rules.get(name))
}

function declarations(style) {
  const declared = {}
  for (const declaration of style.toLowerCase().split(";")) {
    const at = declaration.indexOf(":")
    const value = declaration.slice(at + 1).replace("!important", "").trim()
    if (at > 0) declared[declaration.slice(0, at).trim()] = value
  }
  return declared
}

function meaning(css) {
  const lists = /^(l\d+) level(\d+)(.*)$/.exec(css["mso-list"])
  const space = css["white-space"] ?? css["white-space-collapse"]
  return {
    bold: isBold(css),
    italic: isItalic(css),
    raised: howRaised(css["vertical-align"]),
    isPre: space && /^(pre|break-spaces)/.test(space),
    isBlock: /^(block|list-item|flex|grid|table)\b/.test(css.display),
    isHidden: isHidden(css),
    isStruck: /line-through/.test(css["text-decoration"] + css["text-decoration-line"]),
    isMarker: css["mso-list"] === "ignore",
    isComment: /^comment/.test(css["mso-element"]),
    isCommentMark: css["mso-special-character"] === "comment",
    isHeading: /^[1-6]$/.test(css["mso-outline-level"]),
    isIndent: /^(none|0)/.test(css.border) || /^(none|0)/.test(css["border-left"]),
    list: lists && [lists[1] + lists[3], Number(lists[2])],
  }
}

function isBold(css) {
  const weight = css["font-weight"] ?? ""
  if (NOT_BOLD.test(weight)) return false
  if (BOLD.test(weight) || /^[^"']*\b(bold|[6-9]00)\b/.test(css.font)) return true
  return undefined
}

function isItalic(css) {
  const slant = css["font-style"] ?? ""
  if (/^(normal|initial|unset)/.test(slant)) return false
  if (/^(italic|oblique)/.test(slant) || /^[^"']*\b(italic|oblique)\b/.test(css.font)) {
    return true
  }
  return undefined
}

function howRaised(alignment) {
  if (/^(super|sub)/.test(alignment)) return alignment.match(/^(super|sub)/)[1]
  const shift = parseFloat(alignment)
  return shift ? (shift > 0 ? "super" : "sub") : undefined
}

function isHidden(css) {
  return (
    css.display === "none" ||
    css.visibility === "hidden" ||
    css["mso-hide"] === "all" ||
    // Meant for who hears a page.
    (css.position === "absolute" && /^(rect\([01]|inset\(50%)/.test(css.clip ?? css["clip-path"]))
  )
}
