"""Opens a file in LibreOffice with a pass-phrase and saves it as CSV, for papers.sh.

    papers_office.py FOLDER FILE PHRASE TARGET      names within FOLDER; exit 1: LibreOffice refused

LibreOffice runs in a profile in FOLDER, listens on a pipe of its own, and is ended before this ends."""
import os
import subprocess
import sys
import time

import uno
from com.sun.star.beans import PropertyValue
from com.sun.star.connection import NoConnectException

SECONDS = 90


def value(name, content):
    made = PropertyValue()
    made.Name = name
    made.Value = content
    return made


def desktop(pipe):
    here = uno.getComponentContext()
    resolver = here.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", here)
    end = time.monotonic() + SECONDS
    while True:
        try:
            there = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
            return there.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", there)
        except NoConnectException:
            if time.monotonic() > end:
                raise
            time.sleep(0.2)


def main(folder, source, phrase, target):
    pipe = f"byname-{os.getpid()}"
    office = subprocess.Popen(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore", "--nologo",
         f"--accept=pipe,name={pipe};urp;"])
    top = None
    try:
        top = desktop(pipe)
        document = top.loadComponentFromURL(
            f"file://{folder}/{source}", "_blank", 0, (value("Hidden", True), value("Password", phrase)))
        if document is None:
            return 1
        document.storeToURL(
            f"file://{folder}/{target}",
            (value("FilterName", "Text - txt - csv (StarCalc)"), value("FilterOptions", "44,34,76,1,,0,false,false")))
        document.close(True)
        return 0
    finally:
        try:
            top.terminate()
        except Exception:  # it may be gone, or never have come
            office.terminate()
        office.wait()


sys.exit(main(*sys.argv[1:]))
