# `read.rb FILE`: a JSON array a line for each item, [title, link, when, text], as Ruby's own library reads it, validating.
require 'json'
require 'rss'

second = ->(time) { time.utc.strftime('%Y-%m-%dT%H:%M:%SZ') }
feed = RSS::Parser.parse(File.read(ARGV[0], encoding: 'utf-8'), true)
feed.items.each do |item|
  puts JSON.generate(
    if feed.is_a?(RSS::Atom::Feed)
      link = item.links.find { |one| (one.rel || 'alternate') == 'alternate' }
      [item.title.content, link.href, second.(item.published.content), item.content.content]
    else
      [item.title, item.link, second.(item.pubDate), item.content_encoded]
    end
  )
end
