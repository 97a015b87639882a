"""Give a role to each account whose rights are those of a role, no more and no less.

Whoever has other rights keeps them without a role, until an Administrator gives one.
"""

from django.db import migrations

# What an account had that `make_editor` made, as far as it was good for anything.
CHIEF = {
    *(
        f"{act}_{what}"
        for act in ("add", "change", "delete", "view")
        for what in ("article", "author", "photo", "tag")
    ),
    "view_importrun",
    "view_sourcefile",
}


def give_roles(apps, schema_editor):
    User = apps.get_model("auth", "User")
    Account = apps.get_model("articles", "Account")
    accounts = [
        Account(user=user, role="administrator")
        for user in User.objects.filter(is_superuser=True)
    ]
    for user in User.objects.filter(is_superuser=False, is_staff=True):
        rights = user.user_permissions.filter(content_type__app_label="articles")
        names = set(rights.values_list("codename", flat=True))
        for group in user.groups.all():
            rights = group.permissions.filter(content_type__app_label="articles")
            names |= set(rights.values_list("codename", flat=True))
        if names >= CHIEF:
            accounts.append(Account(user=user, role="chief"))
    Account.objects.bulk_create(accounts)


class Migration(migrations.Migration):
    dependencies = [("articles", "0014_add_roles")]

    operations = [migrations.RunPython(give_roles, migrations.RunPython.noop)]
