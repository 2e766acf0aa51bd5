# `read.pl READER FILE`: a JSON array a line for each item, [title, link, when, text], as a library for Perl reads it.
use strict;
use warnings;
use DateTime::Format::W3CDTF;
use Encode qw(decode is_utf8);
use JSON;
use XML::Feed;
use XML::FeedPP;

my ($reader, $path) = @ARGV;
sub words { my $text = shift; return is_utf8($text) ? $text : decode('UTF-8', $text) }    # some give bytes

sub show {
    my ($title, $link, $when, $text) = @_;
    $when->set_time_zone('UTC');
    print JSON->new->ascii->encode([words($title), $link, $when->iso8601 . 'Z', words($text)]), "\n";
}

if ($reader eq 'XML::Feed') {
    my $feed = XML::Feed->parse($path) or die XML::Feed->errstr;
    show($_->title, $_->link, $_->issued, $_->content->body) for $feed->entries;
} else {
    my $feed = XML::FeedPP->new($path, -type => 'file');
    for ($feed->get_item) {
        my $when = DateTime::Format::W3CDTF->parse_datetime($_->get('published') // $_->pubDate);
        show($_->title, $_->link, $when, $_->get('content:encoded') // $_->description);
    }
}
