#!/usr/bin/python3
"""A WebKitGTK browser for WebKitWebDriver that keeps its data on the disk.

MiniBrowser forgets everything when it is automated. Arguments: the file for what pages and workers
write to the console, and the folder of the profile; without a folder nothing is kept, as in a
private window. The file's first line is the process id.
"""

import os
import sys

import gi

gi.require_version("Gtk", "3.0")
gi.require_version("WebKit2", "4.1")
from gi.repository import Gtk, WebKit2


def data_manager(folder):
    if folder is None:
        return WebKit2.WebsiteDataManager.new_ephemeral()
    return WebKit2.WebsiteDataManager(
        base_data_directory=os.path.join(folder, "data"),
        base_cache_directory=os.path.join(folder, "cache"),
    )


def open_view(context):
    settings = WebKit2.Settings(enable_write_console_messages_to_stdout=True)
    view = WebKit2.WebView(
        web_context=context, settings=settings, is_controlled_by_automation=True
    )
    window = Gtk.Window(default_width=1280, default_height=900)
    window.add(view)
    window.show_all()
    view.connect("close", lambda _: window.destroy())
    return view


def begin(context, session):
    info = WebKit2.ApplicationInfo()
    info.set_name("WebKitGTK")
    version = WebKit2.get_major_version(), WebKit2.get_minor_version(), WebKit2.get_micro_version()
    info.set_version(*version)
    session.set_application_info(info)
    session.connect("create-web-view", lambda _: open_view(context))
    session.connect("will-close", lambda _: Gtk.main_quit())


def main(console, folder=None):
    # The driver reads neither: what the web process writes goes where these go.
    file = os.open(console, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(file, 1)
    os.dup2(file, 2)
    os.write(1, f"{os.getpid()}\n".encode())
    context = WebKit2.WebContext(website_data_manager=data_manager(folder))
    context.set_automation_allowed(True)
    context.connect("automation-started", begin)
    Gtk.main()


main(*sys.argv[1:])
