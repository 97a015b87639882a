"""Template tags of the desk: what waits on its front page, and what its forms carry."""

from django import template

from articles.desk.bin import restorable
from articles.desk.home import killed_articles, todo_list
from articles.desk.sent_forms import form_token
from articles.desk.unsaved import unsaved_copies

register = template.Library()
register.simple_tag(killed_articles)
register.simple_tag(todo_list)
register.simple_tag(form_token)
register.simple_tag(unsaved_copies)
register.filter(restorable)
