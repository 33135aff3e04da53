// node validate.mjs SCHEMA.jsonld PAGE.html…
// Judges the structured data of saved pages. Prints one JSON object:
//   {"pages": n, "postings": n, "problems": [{file, severity, message, fields}]}
// Exit code 0 when no page has an error, 3 when one has, anything else when it could not judge.
import { readFile } from 'node:fs/promises';

import Validator from '@adobe/structured-data-validator';
import WebAutoExtractor from '@marbec/web-auto-extractor';

const [schemaFile, ...files] = process.argv.slice(2);
if (!schemaFile || files.length === 0) {
  console.error('usage: node validate.mjs SCHEMA.jsonld PAGE.html...');
  process.exit(2);
}

let schema;
try {
  schema = JSON.parse(await readFile(schemaFile, 'utf8'));
} catch (error) {
  console.error(`The vocabulary ${schemaFile} can't be read: ${error.message}`);
  process.exit(2);
}

// The validator looks for one place of work only, where schema.org and Google allow several: it is
// asked about each place by itself.
function onePlaceEach(posting) {
  if (!Array.isArray(posting.jobLocation)) return [posting];
  return posting.jobLocation.map((place) => ({ ...posting, jobLocation: place }));
}

const problems = [];
let postings = 0;
for (const file of files) {
  const page = await readFile(file, 'utf8');
  const extractor = new WebAutoExtractor({ addLocation: true, embedSource: ['rdfa', 'microdata'] });
  const found = extractor.parse(page);
  const written = found.jsonld?.JobPosting ?? [];
  postings += written.length;
  if (written.length > 0) found.jsonld.JobPosting = written.flatMap(onePlaceEach);
  const validator = new Validator(schema);
  for (const issue of await validator.validate(found)) {
    problems.push({
      file,
      severity: issue.severity,
      message: issue.issueMessage,
      fields: issue.fieldNames ?? [],
    });
  }
  for (const error of found.errors ?? []) {
    problems.push({ file, severity: 'ERROR', message: String(error.message ?? error), fields: [] });
  }
}

console.log(JSON.stringify({ pages: files.length, postings, problems }));
process.exit(problems.some((problem) => problem.severity === 'ERROR') ? 3 : 0);
