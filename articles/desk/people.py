"""The screens where an Administrator adds people, and says what they may do."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import PasswordResetConfirmView
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from articles.desk.site import DeskAdmin
from articles.models import Person
from articles.models.accounts import Role
from articles.store.roles import give_role, role_of
from newsroom.dates import write_date

# What a role may do, in a sentence; the one of nobody is from before there were roles.
ROLES = {
    Role.REPORTER: _("Writes stories and sends them for review. Publishes nothing."),
    Role.EDITOR: _(
        "Writes, publishes, corrects and withdraws any story and any photo."
    ),
    Role.CHIEF: _(
        "Does all of that, and keeps the tags, the sections and the authors."
    ),
    Role.ADMINISTRATOR: _(
        "Does all of that, adds people, says what they may do, and can erase a story "
        "for good."
    ),
    "": _("Keeps the rights it was given one by one, from before there were roles."),
}
WITHOUT_ROLE = ("", _("No role"))


class RoleChoices(forms.RadioSelect):
    """Each role by its name, with what it may do."""

    template_name = "desk/role_choices.html"

    def create_option(self, name, value, label, *args, **options):
        option = super().create_option(name, value, label, *args, **options)
        own = option["attrs"]["id"]
        described = {
            "aria-labelledby": f"{own}_name",
            "aria-describedby": f"{own}_what",
        }
        return option | {"what": ROLES[value], "attrs": option["attrs"] | described}


class PersonForm(forms.ModelForm):
    role = forms.ChoiceField(label=_("Role"), choices=Role, widget=RoleChoices)

    class Meta:
        model = Person
        fields = ["username", "first_name", "last_name", "is_active"]
        labels = {"is_active": _("May sign in")}
        help_texts = {
            "username": _("The name they sign in with, and the name History shows."),
            "is_active": _(
                "Untick to shut them out at once. Their stories stay under their name."
            ),
        }

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        if self.instance.pk and "role" in self.fields:
            role = role_of(self.instance)
            self.initial["role"] = role
            if not role:
                self.fields["role"].choices = [WITHOUT_ROLE, *Role.choices]
                self.fields["role"].required = False

    def clean_username(self):
        name = self.cleaned_data["username"]
        if Person.objects.filter(username__iexact=name).exists():
            raise ValidationError(_("This name is already taken."))
        return name


class PersonAdmin(DeskAdmin):
    """People; nobody is deleted, since History says who wrote what."""

    form = PersonForm
    change_form_template = "desk/person.html"
    list_display = ["username", "full_name", "role", "may_sign_in", "last_login"]
    list_filter = ["account__role", "is_active"]
    list_select_related = ["account"]
    ordering = ["username"]
    search_fields = ["username", "first_name", "last_name"]
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    actions = None

    @admin.display(description=_("name"))
    def full_name(self, person):
        return person.get_full_name() or None

    @admin.display(description=_("role"), ordering="account__role")
    def role(self, person):
        role = role_of(person)
        return Role(role).label if role else None

    @admin.display(description=_("may sign in"), ordering="is_active", boolean=True)
    def may_sign_in(self, person):
        return person.is_active

    def get_fields(self, request, obj=None):
        names = ["first_name", "last_name"]
        if obj:
            return ["role", "is_active", *names]
        return ["username", *names, "role"]

    def get_readonly_fields(self, request, obj=None):
        """Let no name change that History shows, and nobody lock themselves out."""
        if not obj:
            return []
        is_self = obj.pk == request.user.pk
        return ["role", "is_active"] if is_self else []

    def has_delete_permission(self, request, obj=None):
        return False

    def render_change_form(self, request, context, *args, **options):
        """Offer one way to save, which shows the link to give to a new person."""
        context |= {"show_save_and_add_another": False, "show_save_and_continue": False}
        if person := options.get("obj"):
            context |= {"title": person.get_full_name() or person, "subtitle": None}
        return super().render_change_form(request, context, *args, **options)

    def save_model(self, request, obj, form, change):
        if not change:
            obj.set_unusable_password()
        super().save_model(request, obj, form, change)
        if role := form.cleaned_data.get("role"):
            give_role(obj, role)

    def response_add(self, request, obj, post_url_continue=None):
        response = self._show_link(request, obj)
        # The link is stored nowhere: a second click leads to where another is made.
        response.url = reverse("admin:articles_person_change", args=[obj.pk])
        return response

    def get_urls(self):
        link = self.admin_site.admin_view(require_POST(self.link_view))
        own = path("<int:pk>/link/", link, name="articles_person_link")
        return [own, *super().get_urls()]

    def link_view(self, request, pk):
        """End the old password, and show a link to set a new one."""
        person = self.get_object(request, str(pk))
        is_self = pk == request.user.pk
        if not person or is_self or not self.has_change_permission(request, person):
            raise PermissionDenied
        if not person.is_active:
            self.message_user(
                request, gettext("Allow them to sign in first."), messages.ERROR
            )
            return redirect("admin:articles_person_change", pk)
        person.set_unusable_password()
        person.save(update_fields=["password"])
        self.log_change(request, person, gettext("Created a link to set a password."))
        return self._show_link(request, person)

    def _show_link(self, request, person):
        """Show the link, which is stored nowhere: it answers this one request."""
        until = timezone.now() + timedelta(seconds=settings.PASSWORD_RESET_TIMEOUT)
        context = {
            **self.admin_site.each_context(request),
            "title": gettext("A link for %s") % person.get_username(),
            "opts": self.opts,
            "person": person,
            "link": settings.SITE_URL + password_path(person),
            "until": write_date(until),
        }
        return TemplateResponse(request, "desk/person_link.html", context)


def password_path(person):
    """Return where somebody sets a password, once and within a day."""
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return reverse("set-password", args=[uid, token])


@method_decorator(never_cache, name="dispatch")
class SetPasswordView(PasswordResetConfirmView):
    """The page behind the link: a new password, typed twice."""

    template_name = "desk/set_password.html"

    def get_user(self, uidb64):
        user = super().get_user(uidb64)
        return user if user and user.is_active else None

    def get_context_data(self, **values):
        site = admin.site.each_context(self.request)
        return site | super().get_context_data(**values)

    def get_success_url(self):
        messages.success(
            self.request, gettext("Your password is set. Sign in with it.")
        )
        return reverse("admin:login")
