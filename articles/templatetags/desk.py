"""Template tags of the desk: what waits on its front page, and what its forms carry."""

from django import template

from articles.desk.home import killed_articles, todo_list
from articles.desk.sent_forms import form_token

register = template.Library()
register.simple_tag(killed_articles)
register.simple_tag(todo_list)
register.simple_tag(form_token)
