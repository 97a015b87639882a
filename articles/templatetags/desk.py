"""Template tags of the desk: what waits on its front page, and what its forms carry."""

from django import template

from articles.desk.home import waiting
from articles.desk.once import form_token

register = template.Library()
register.simple_tag(waiting)
register.simple_tag(form_token)
