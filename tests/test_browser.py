import pytest

pytestmark = pytest.mark.browser


def test_desk_asks_for_name_and_password_and_lets_the_editor_in(
    page, django_user_model
):
    django_user_model.objects.create_user("editor", password="ink", is_staff=True)
    page.goto("/admin/")
    page.get_by_label("Username").fill("editor")
    page.get_by_label("Password").fill("ink")
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("heading", name="The desk").wait_for()


def test_inline_script_is_refused_and_never_goes_unnoticed(page, complaints):
    page.goto("/admin/")
    page.evaluate(
        """() => {
          const script = document.createElement("script");
          script.textContent = "document.title = 'taken over'";
          document.body.append(script);
        }"""
    )
    assert page.title() != "taken over"
    assert "Content Security Policy" in complaints.pop()
