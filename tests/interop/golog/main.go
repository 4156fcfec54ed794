// golog checks a log with code that is not ours (golang.org/x/mod/sumdb): the
// checkpoint's signature, every tile, every inclusion, every consistency.
//
//	golog BASE VKEY     BASE such as http://127.0.0.1:8080/log
package main

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"io"
	"net/http"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func fail(format string, args ...any) {
	fmt.Fprintf(os.Stderr, format+"\n", args...)
	os.Exit(1)
}

func get(url string) []byte {
	r, err := http.Get(url)
	if err != nil {
		fail("%s: %v", url, err)
	}
	defer r.Body.Close()
	b, err := io.ReadAll(r.Body)
	if err != nil || r.StatusCode != 200 {
		fail("%s: %d %v", url, r.StatusCode, err)
	}
	return b
}

// number as C2SP tlog-tiles writes it: 1234067 -> x001/x234/067
func number(n int64) string {
	s := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		s = fmt.Sprintf("x%03d/%s", n%1000, s)
	}
	return s
}

type reader struct {
	base  string
	cache map[string][]byte
}

func (r *reader) Height() int { return 8 }
func (r *reader) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var out [][]byte
	for _, t := range tiles {
		url := fmt.Sprintf("%s/tile/%d/%s", r.base, t.L, number(t.N))
		if t.W < 256 {
			url += ".p/" + strconv.Itoa(t.W)
		}
		b, ok := r.cache[url]
		if !ok {
			b = get(url)
			if len(b) != t.W*32 {
				return nil, fmt.Errorf("%s: %d bytes, want %d", url, len(b), t.W*32)
			}
			r.cache[url] = b
		}
		out = append(out, b)
	}
	return out, nil
}
func (r *reader) SaveTiles([]tlog.Tile, [][]byte) {}

func main() {
	if len(os.Args) != 3 {
		fail("golog BASE VKEY")
	}
	base := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	if err != nil {
		fail("vkey: %v", err)
	}
	n, err := note.Open(get(base+"/checkpoint"), note.VerifierList(verifier))
	if err != nil {
		fail("checkpoint: %v", err)
	}
	lines := strings.Split(n.Text, "\n")
	if len(lines) != 4 || lines[3] != "" {
		fail("checkpoint has %d lines", len(lines))
	}
	if lines[0] != verifier.Name() {
		fail("origin %q, key %q", lines[0], verifier.Name())
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		fail("size: %v", err)
	}
	raw, err := base64.StdEncoding.DecodeString(lines[2])
	if err != nil || len(raw) != 32 {
		fail("root: %v", err)
	}
	var root tlog.Hash
	copy(root[:], raw)

	// Every entry, from the entry bundles: u16 length, bytes.
	var entries [][]byte
	for i := int64(0); i*256 < size; i++ {
		width := size - i*256
		url := base + "/tile/entries/" + number(i)
		if width < 256 {
			url += ".p/" + strconv.FormatInt(width, 10)
		}
		b := get(url)
		for len(b) > 0 {
			l := int(binary.BigEndian.Uint16(b))
			entries = append(entries, b[2:2+l])
			b = b[2+l:]
		}
	}
	if int64(len(entries)) != size {
		fail("%d entries in the bundles, size %d", len(entries), size)
	}

	tiles := &reader{base: base, cache: map[string][]byte{}}
	tree := tlog.Tree{N: size, Hash: root}
	hashes := tlog.TileHashReader(tree, tiles)
	roots := make([]tlog.Hash, size+1)
	var stored []tlog.Hash
	rebuilt := tlog.HashReaderFunc(func(index []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(index))
		for i, x := range index {
			out[i] = stored[x]
		}
		return out, nil
	})
	for i := int64(0); i < size; i++ {
		more, err := tlog.StoredHashes(i, entries[i], rebuilt)
		if err != nil {
			fail("hashes of %d: %v", i, err)
		}
		stored = append(stored, more...)
		if roots[i+1], err = tlog.TreeHash(i+1, rebuilt); err != nil {
			fail("root at %d: %v", i+1, err)
		}
		leaf, err := hashes.ReadHashes([]int64{tlog.StoredHashIndex(0, i)})
		if err != nil {
			fail("tile of leaf %d: %v", i, err)
		}
		record := tlog.RecordHash(entries[i])
		if !bytes.Equal(leaf[0][:], record[:]) {
			fail("leaf %d: tile and entry differ", i)
		}
		proof, err := tlog.ProveRecord(size, i, hashes)
		if err != nil {
			fail("inclusion %d: %v", i, err)
		}
		if err := tlog.CheckRecord(proof, size, root, i, record); err != nil {
			fail("inclusion %d: %v", i, err)
		}
	}
	if roots[size] != root {
		fail("root rebuilt from the entries differs")
	}
	for i := int64(1); i < size; i++ {
		proof, err := tlog.ProveTree(size, i, hashes)
		if err != nil {
			fail("consistency %d: %v", i, err)
		}
		if err := tlog.CheckTree(proof, size, root, i, roots[i]); err != nil {
			fail("consistency %d: %v", i, err)
		}
	}
	fmt.Printf("origin %s, size %d: checkpoint, %d inclusions, %d consistencies\n", lines[0], size, size, size-1)
}
