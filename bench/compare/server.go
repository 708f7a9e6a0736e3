package main

import (
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"time"
)

// serve answers like the API's documented dialect: an update with what it stored. It keeps nothing and checks
// nothing. The first part of a path is how long it waits before it answers. It prints its address, and ends when its
// standard input does.
func serve() error {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	fmt.Println(listener.Addr())
	mux := http.NewServeMux()
	mux.HandleFunc("PUT /{latency}/opportunities/{id}", put)
	mux.HandleFunc("GET /{latency}/opportunities/{id}", get)
	mux.HandleFunc("GET /{latency}/opportunities", list)
	return http.Serve(listener, mux)
}

func await(r *http.Request) {
	if latency, err := time.ParseDuration(r.PathValue("latency")); err == nil && latency > 0 {
		time.Sleep(latency)
	}
}

// reset returns when the reported quota window ends: with the hour.
func reset() string {
	return strconv.FormatInt(time.Now().Truncate(time.Hour).Add(time.Hour).Unix(), 10)
}

func answer(w http.ResponseWriter, body []byte) {
	h := w.Header()
	h.Set("Content-Type", "application/json")
	h.Set("X-RateLimit-Limit", "1000000000")
	h.Set("X-RateLimit-Remaining", "999999999")
	h.Set("X-RateLimit-Reset", reset())
	h.Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body)
}

var buffers = sync.Pool{New: func() any { return new([]byte) }}

// put answers with the fields of the request, which are a JSON object, and with an id and two more fields.
func put(w http.ResponseWriter, r *http.Request) {
	sent, err := io.ReadAll(r.Body)
	if err != nil || len(sent) < 2 || sent[0] != '{' {
		w.WriteHeader(http.StatusBadRequest)
		answer(w, []byte(`{"success":false,"error":{"code":"VALIDATION_ERROR","message":"no object"}}`))
		return
	}
	await(r)
	buffer := buffers.Get().(*[]byte)
	defer buffers.Put(buffer)
	b := append((*buffer)[:0], `{"success":true,"data":{"id":"`...)
	b = append(b, r.PathValue("id")...)
	b = append(b, `","status":"new","updated_at":"2026-03-01T12:00:00.000Z",`...)
	b = append(b, sent[1:]...)
	b = append(b, '}')
	*buffer = b
	answer(w, b)
}

func get(w http.ResponseWriter, r *http.Request) {
	await(r)
	body, err := json.Marshal(map[string]any{"success": true, "data": opportunity(r.PathValue("id"), 0)})
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	answer(w, body)
}

func opportunity(id string, n int) map[string]any {
	return map[string]any{
		"id": id, "name": "Old name " + strconv.Itoa(n), "email": "old@example.com", "phone": "+55 11 90000000", "company": "Padaria",
		"position": "Compras", "deal_value": 1000.5, "deal_currency": "BRL", "status": "new", "notes": "ligar", "source": "api",
		"responsible_user_id": "user-1", "created_at": "2026-01-01T12:00:00.000Z", "updated_at": "2026-01-01T12:00:00.000Z",
	}
}

// list has as many opportunities as the path says after a dash: /0s-100000/opportunities.
func list(w http.ResponseWriter, r *http.Request) {
	_, count, _ := strings.Cut(r.PathValue("latency"), "-")
	total, _ := strconv.Atoi(count)
	page, _ := strconv.Atoi(r.URL.Query().Get("page"))
	limit, _ := strconv.Atoi(r.URL.Query().Get("limit"))
	items := []any{}
	for n := (page - 1) * limit; n < min(page*limit, total); n++ {
		items = append(items, opportunity(id(n), n))
	}
	body, err := json.Marshal(map[string]any{"success": true, "data": map[string]any{
		"opportunities": items,
		"pagination":    map[string]any{"page": page, "limit": limit, "total": total, "total_pages": (total + limit - 1) / max(1, limit)},
	}})
	if err != nil {
		w.WriteHeader(http.StatusInternalServerError)
		return
	}
	answer(w, body)
}
