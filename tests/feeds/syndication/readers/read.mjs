// `read.mjs READER FILE`: a JSON array a line for each item, [title, link, when, text], as a library for Node reads it.
import { readFileSync } from 'node:fs';
import { Readable } from 'node:stream';

const [reader, path] = process.argv.slice(2);
const document = readFileSync(path, 'utf8');
const second = (when) => new Date(when).toISOString().replace('.000Z', 'Z');
const show = (title, link, when, text) => console.log(JSON.stringify([title, link, second(when), text]));
const alternate = (links) => links.find((link) => (link.rel ?? 'alternate') === 'alternate').href;

const readers = {
  'rss-parser': async () => {
    const { default: Parser } = await import('rss-parser');
    const { items } = await new Parser().parseString(document);
    for (const item of items) show(item.title, item.link, item.isoDate, item['content:encoded'] ?? item.content);
  },
  feedsmith: async () => {
    const { format, feed } = (await import('feedsmith')).parseFeed(document);
    const one = {
      rss: (item) => [item.title, item.link, item.pubDate, item.content.encoded],
      atom: (item) => [item.title.value ?? item.title, alternate(item.links), item.published, item.content.value ?? item.content],
      json: (item) => [item.title, item.url, item.date_published, item.content_html],
    }[format];
    for (const item of feed.items ?? feed.entries) show(...one(item));
  },
  'feed-extractor': async () => {
    const { extractFromJson, extractFromXml } = await import('@extractus/feed-extractor');
    const text = (item) => ({ text: item['content:encoded'] ?? item.content?.['#text'] ?? item.content_html });
    const options = { descriptionMaxLen: 0, getExtraEntryFields: text };
    const { entries } = path.endsWith('json') ? extractFromJson(JSON.parse(document), options) : extractFromXml(document, options);
    for (const item of entries) show(item.title, item.link, item.published, item.text);
  },
  'feed-parser': async () => {
    const { parseFeed } = await import('@rowanmanning/feed-parser');
    for (const item of parseFeed(document).items) show(item.title, item.url, item.published, item.content);
  },
  feedparser: async () => {
    const { default: FeedParser } = await import('feedparser');
    for await (const item of Readable.from([document]).pipe(new FeedParser())) show(item.title, item.link, item.pubdate, item.description);
  },
};
await readers[reader]();
