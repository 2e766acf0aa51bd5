// `go run read.go FILE`: a JSON array a line for each item, [title, link, when, text], as gofeed reads it.
package main

import (
	"encoding/json"
	"os"

	"github.com/mmcdole/gofeed"
)

func main() {
	file, err := os.Open(os.Args[1])
	if err != nil {
		panic(err)
	}
	feed, err := gofeed.NewParser().Parse(file)
	if err != nil {
		panic(err)
	}
	for _, item := range feed.Items {
		when := item.PublishedParsed.UTC().Format("2006-01-02T15:04:05Z")
		if err := json.NewEncoder(os.Stdout).Encode([]string{item.Title, item.Link, when, item.Content}); err != nil {
			panic(err)
		}
	}
}
