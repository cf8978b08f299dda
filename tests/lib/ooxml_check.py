"""Whether an Office package holds together: what every cleaned document must satisfy, read by Python alone.

    check(data)     list of complaints, empty when all is well
"""
import io
import posixpath
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ET
import zipfile

RELS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
R_SPACES = ("{http://schemas.openxmlformats.org/officeDocument/2006/relationships}",
            "{http://purl.oclc.org/ooxml/officeDocument/relationships}")


def rels_source(name):
    """word/_rels/document.xml.rels → word/document.xml; _rels/.rels → ""."""
    folder, leaf = posixpath.split(name)
    return posixpath.join(posixpath.dirname(folder), leaf[:-5]).lstrip("/") if leaf != ".rels" else ""


def read_rels(parts):
    """{source: {id: (type, target part or address, external)}}"""
    out = {}
    for name, data in parts.items():
        if not name.endswith(".rels"):
            continue
        source = rels_source(name)
        rels = out.setdefault(source, {})
        for e in ET.fromstring(data).iter(RELS):
            external = e.get("TargetMode") == "External"
            target = e.get("Target")
            if not external:
                target = target[1:] if target.startswith("/") else posixpath.normpath(
                    posixpath.join(posixpath.dirname(source), target))
            if e.get("Id") in rels:
                raise AssertionError("%s: two relationships %s" % (name, e.get("Id")))
            rels[e.get("Id")] = (e.get("Type"), target, external)
    return out


def check_types(parts, say):
    root = ET.fromstring(parts["[Content_Types].xml"])
    defaults = [e.get("Extension").lower() for e in root.iter(TYPES + "Default")]
    overrides = [e.get("PartName") for e in root.iter(TYPES + "Override")]
    for names in (defaults, overrides):
        if len(names) != len(set(names)):
            say("content types: listed twice")
    for name in overrides:
        if name.lstrip("/") not in parts:
            say("content types: no part %s" % name)
    for name in parts:
        if name != "[Content_Types].xml" and "/" + name not in overrides and name.rpartition(".")[2].lower() not in defaults:
            say("content types: none for %s" % name)


def check_rels(parts, rels, say):
    reached, queue = set(), [""]
    while queue:
        source = queue.pop()
        for rid, (_, target, external) in rels.get(source, {}).items():
            if external or "#" in target:
                continue
            if target not in parts:
                say("%s: %s leads to %s, which is not there" % (source, rid, target))
            elif target not in reached:
                reached.add(target)
                queue.append(target)
    for source in rels:
        if source and source not in parts:
            say("relationships of %s, which is not there" % source)
    for name in parts:
        if name not in reached and not name.endswith(".rels") and name != "[Content_Types].xml":
            say("nobody refers to %s" % name)


def check_xml(name, data, rels, say):
    if re.search(rb"<!DOCTYPE|<!ENTITY|<\?(?!xml )", data):
        say("%s: a DOCTYPE or processing instruction" % name)
    for e in ET.fromstring(data).iter():
        for key, value in e.attrib.items():
            if key.startswith(R_SPACES) and value and value not in rels.get(name, {}):
                say("%s: %s of %s names %s, which is no relationship" % (name, key.rpartition("}")[2], e.tag.rpartition("}")[2], value))


def check(data):
    complaints = []
    say = complaints.append
    with tempfile.NamedTemporaryFile(suffix=".zip") as f:
        f.write(data)
        f.flush()
        if subprocess.run(["unzip", "-tqq", f.name], capture_output=True).returncode != 0:
            say("unzip -t complains")
    with zipfile.ZipFile(io.BytesIO(data)) as z:
        names = z.namelist()
        parts = {n: z.read(n) for n in names}
    if len({n.lower() for n in names}) != len(names):
        say("two entries of one name")
    rels = read_rels(parts)
    check_types(parts, say)
    check_rels(parts, rels, say)
    for name, part in parts.items():
        if name.endswith((".xml", ".rels", ".vml")):
            check_xml(name, part, rels, say)
    return complaints
