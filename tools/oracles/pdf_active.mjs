// What pdf.js sees of a PDF: anything that acts, attached files, metadata, the text.
//
// usage: node pdf_active.mjs FOLDER-OF-MODULES < list of paths, one a line > one JSON object a line
// {path, error, active: [...], meta: [...], pages}; "active" holds what a cleaned file must not have.
import fs from "node:fs";
import path from "node:path";
import readline from "node:readline";
import { pathToFileURL } from "node:url";

const modules = path.resolve(process.argv[2]);
// pdf.js warns on standard output about drawing, which is not asked of it here.
for (const level of ["log", "warn", "info"]) console[level] = () => {};
const pdfjs = await import(pathToFileURL(path.join(modules, "node_modules/pdfjs-dist/legacy/build/pdf.mjs")).href);
const WEB = /^(https?|mailto):/i;
const MOST_PAGES = 50;

// An ordinary signature or form field answers with empty lists; only an entry with code counts.
const some = (actions) =>
  Boolean(actions) && (actions instanceof Map ? [...actions.values()] : Object.values(actions)).some((v) => v && v.length);

function ofAnnotation(a, active) {
  const link = a.unsafeUrl || a.url;
  if (link && !WEB.test(link)) active.add("link " + link.slice(0, 40));
  if (a.action && !/^(NextPage|PrevPage|FirstPage|LastPage)$/.test(a.action)) active.add("action " + a.action);
  if (some(a.actions)) active.add("annotation script");
  if (a.attachment || a.file) active.add("attachment annotation");
  if (a.resetForm) active.add("reset form");
  if (a.attachmentDest) active.add("link into an attachment");
}

async function look(file) {
  const data = new Uint8Array(fs.readFileSync(file));
  const doc = await pdfjs.getDocument({ data, verbosity: 0, isEvalSupported: false, useSystemFonts: false }).promise;
  const active = new Set();
  const meta = [];
  try {
    if (some(await doc.getJSActions())) active.add("document script");
    if (await doc.hasJSActions() && active.has("document script")) active.add("script");
    const attached = await doc.getAttachments();
    if (attached && Object.keys(attached).length) active.add("attachment");
    const open = await doc.getOpenAction();
    if (open && !open.dest) active.add("open action");
    const { info, metadata } = await doc.getMetadata();
    if (info.IsXFAPresent) active.add("XFA");
    if (info.IsCollectionPresent) active.add("collection");
    if (metadata) meta.push("XMP");
    for (const key of ["Author", "Title", "Creator", "Producer", "Subject", "Keywords"]) if (info[key]) meta.push(key);
    for (let i = 1; i <= Math.min(doc.numPages, MOST_PAGES); i++) {
      const page = await doc.getPage(i);
      if (some(await page.getJSActions())) active.add("page script");
      for (const a of await page.getAnnotations()) ofAnnotation(a, active);
    }
    return { pages: doc.numPages, active: [...active], meta };
  } finally {
    await doc.destroy();
  }
}

for await (const file of readline.createInterface({ input: process.stdin })) {
  let told;
  try {
    told = await look(file);
  } catch (e) {
    told = { error: `${e.name}: ${e.message}`.slice(0, 200), active: [], meta: [] };
  }
  process.stdout.write(JSON.stringify({ path: file, ...told }) + "\n");
}
process.exit(0);
