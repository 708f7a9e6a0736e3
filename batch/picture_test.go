package batch_test

import (
	"errors"
	"flag"
	"fmt"
	"net/http"
	"os"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

var update = flag.Bool("update", false, "draw docs/quota.svg again")

const picture = "../docs/quota.svg"

// TestThePictureOfANightIsTrue compares the picture in docs/quota.md with a night as it is simulated now: 3,500 rows on
// 1,000 requests an hour, starting at 14:41.
func TestThePictureOfANightIsTrue(t *testing.T) {
	if testing.Short() && !*update {
		t.Skip("it takes a night of four windows")
	}
	const rows, begin = 3_500, 41 * time.Minute
	var sent []time.Duration // since 14:00
	synctest.Test(t, func(t *testing.T) {
		midnight := time.Now()
		time.Sleep(begin)
		n := nightOf(plan{1000, time.Hour, rows}, 8)
		n.transport = slowed(ms(200, 200))
		o := n.run()
		if err := errors.Join(o.err, everyRowSucceeded(n.rows, o.results)); err != nil {
			t.Fatal(err)
		}
		for _, r := range o.server.Requests() {
			if r.Status == http.StatusOK {
				sent = append(sent, r.Time.Sub(midnight))
			}
		}
	})
	want := drawPicture(sent, begin)
	if *update {
		if err := os.WriteFile(picture, []byte(want), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if got, err := os.ReadFile(picture); err != nil || string(got) != want {
		t.Errorf("%s is not what a night looks like now (%v); see it with: go test ./batch -run Picture -update", picture, err)
	}
}

// The picture's frame: four hours wide, 3,500 requests high.
const (
	left, top, wide, high = 60, 30, 640, 280
	hours, most           = 4, 3500
)

func x(t time.Duration) float64 { return left + wide*t.Hours()/hours }
func y(requests int) float64    { return top + high - high*float64(requests)/most }

func drawPicture(sent []time.Duration, begin time.Duration) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 370" font-family="sans-serif" font-size="13">
<title>Requests over time: 3,500 rows on a quota of 1,000 requests an hour, begun at 14:41</title>
<rect width="760" height="370" fill="#fff"/>
`)
	for hour := range hours + 1 {
		at := time.Duration(hour) * time.Hour
		fmt.Fprintf(&b, `<line x1="%.1f" y1="%d" x2="%.1f" y2="%d" stroke="#ccc"/><text x="%.1f" y="%d" text-anchor="middle">%d:00</text>`+"\n",
			x(at), top, x(at), top+high, x(at), top+high+20, 14+hour)
	}
	for requests := 0; requests <= most; requests += 1000 {
		fmt.Fprintf(&b, `<line x1="%d" y1="%.1f" x2="%d" y2="%.1f" stroke="#eee"/><text x="%d" y="%.1f" text-anchor="end">%d</text>`+"\n",
			left, y(requests), left+wide, y(requests), left-8, y(requests)+4, requests)
	}
	trickle := begin + most*time.Hour/1000
	fmt.Fprintf(&b, `<polyline fill="none" stroke="#999" stroke-dasharray="5 4" points="%.1f,%.1f %.1f,%.1f"/>`+"\n",
		x(begin), y(0), x(hours*time.Hour), y(int((hours*time.Hour-begin)*most/(trickle-begin))))
	fmt.Fprintf(&b, `<polyline fill="none" stroke="#06c" stroke-width="2.5" points="%s"/>`+"\n", staircase(sent, begin))
	fmt.Fprintf(&b, `<text x="%.1f" y="%.1f" fill="#06c">razebulk</text><text x="%.1f" y="%.1f" fill="#777">an even trickle</text>
<text x="%d" y="%d" text-anchor="middle">requests sent, by the time of day</text>
</svg>
`, x(2*time.Hour)+20, y(2050), x(2*time.Hour)+50, y(1330), left+wide/2, top+high+45)
	return b.String()
}

// staircase returns a point for each minute in which something was sent, and one before it.
func staircase(sent []time.Duration, begin time.Duration) string {
	points := []string{fmt.Sprintf("%.1f,%.1f", x(begin), y(0))}
	last := 0
	for minute := begin; minute <= hours*time.Hour; minute += time.Minute {
		n := 0
		for n < len(sent) && sent[n] <= minute {
			n++
		}
		if n > last {
			points = append(points, fmt.Sprintf("%.1f,%.1f %.1f,%.1f", x(minute-time.Minute), y(last), x(minute), y(n)))
		}
		last = n
	}
	return strings.Join(append(points, fmt.Sprintf("%.1f,%.1f", x(hours*time.Hour), y(last))), " ")
}
