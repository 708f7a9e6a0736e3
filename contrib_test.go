package main

// These tests check the examples in contrib as far as possible without the systems that they are for.

import (
	"bytes"
	"encoding/xml"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"

	"razebulk/internal/cli"
	"razebulk/internal/sandbox"
)

func example(t *testing.T, path string) string {
	t.Helper()
	return string(read(t, "contrib/"+path))
}

// valueOf returns the value of a key in a unit file.
func valueOf(t *testing.T, unit, key string) string {
	t.Helper()
	found := regexp.MustCompile(`(?m)^` + key + `=(.*)$`).FindStringSubmatch(unit)
	if found == nil {
		t.Fatalf("the unit has no %s", key)
	}
	return found[1]
}

func fromCrontab(t *testing.T) string {
	var jobs []string
	for line := range strings.Lines(example(t, "crontab")) {
		if !strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "MAILTO=") {
			jobs = append(jobs, line)
		}
	}
	if len(jobs) != 1 || strings.Contains(jobs[0], "%") {
		t.Fatalf("want one job, without %%, which cron takes for the end of the line: %q", jobs)
	}
	when := regexp.MustCompile(`^([0-9*,/-]+ ){5}`)
	if !when.MatchString(jobs[0]) {
		t.Errorf("no time: %q", jobs[0])
	}
	return when.ReplaceAllString(jobs[0], "")
}

func fromKubernetes(t *testing.T) string {
	var job struct {
		APIVersion string `yaml:"apiVersion"`
		Kind       string
		Spec       struct {
			JobTemplate struct {
				Spec struct {
					Template struct {
						Spec struct {
							Containers []struct{ Command, Args []string }
						}
					}
				}
			} `yaml:"jobTemplate"`
		}
	}
	if err := yaml.Unmarshal([]byte(example(t, "kubernetes/cronjob.yaml")), &job); err != nil {
		t.Fatal(err)
	}
	if job.APIVersion != "batch/v1" || job.Kind != "CronJob" {
		t.Errorf("it is a %s %s", job.APIVersion, job.Kind)
	}
	container := job.Spec.JobTemplate.Spec.Template.Spec.Containers[0]
	return strings.Join(slices.Concat(container.Command, container.Args), " ")
}

func fromActions(t *testing.T) string {
	var workflow struct {
		On   map[string]any
		Jobs map[string]struct {
			Steps []struct {
				Run string
				Env map[string]string
			}
		}
	}
	if err := yaml.Unmarshal([]byte(example(t, "github-actions/nightly.yml")), &workflow); err != nil {
		t.Fatal(err)
	}
	if workflow.On["schedule"] == nil {
		t.Error("the workflow has no schedule")
	}
	for _, step := range workflow.Jobs["update"].Steps {
		if strings.HasPrefix(step.Run, "razebulk ") && step.Env["GETRAZE_API_KEY"] != "" {
			return step.Run
		}
	}
	t.Fatal("no step runs razebulk with a key")
	return ""
}

func fromWindows(t *testing.T) string {
	var task struct {
		Exec struct{ Command, Arguments, WorkingDirectory string } `xml:"Actions>Exec"`
	}
	if err := xml.Unmarshal([]byte(example(t, "windows/razebulk-nightly.xml")), &task); err != nil {
		t.Fatal(err)
	}
	return task.Exec.Command + " " + task.Exec.Arguments
}

// TestEveryExampleIsACommandOfTheProgram makes a dry run of each command line, which prints nothing.
func TestEveryExampleIsACommandOfTheProgram(t *testing.T) {
	lines := map[string]string{
		"crontab":        fromCrontab(t),
		"systemd":        valueOf(t, example(t, "systemd/razebulk.service"), "ExecStart"),
		"kubernetes":     fromKubernetes(t),
		"github-actions": fromActions(t),
		"windows":        fromWindows(t),
	}
	server := httptest.NewServer(sandbox.New(sandbox.Options{}))
	defer server.Close()
	t.Setenv("GETRAZE_BASE_URL", server.URL)
	t.Setenv("GETRAZE_API_KEY", sandbox.DefaultKey)
	for name, line := range lines {
		t.Run(name, func(t *testing.T) {
			t.Chdir(t.TempDir())
			for file, text := range map[string]string{"deals.csv": "id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n", "key.txt": sandbox.DefaultKey} {
				if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			program, rest, _ := strings.Cut(strings.TrimSpace(line), " ")
			if !regexp.MustCompile(`(^|[/\\])razebulk(\.exe)?$`).MatchString(program) {
				t.Errorf("it runs %q", program)
			}
			rest = strings.NewReplacer("%d/getraze_api_key", "key.txt", "/key/key", "key.txt").Replace(rest)
			var out, talk bytes.Buffer
			code := cli.Run(append(strings.Fields(rest), "--dry-run"), strings.NewReader(""), &out, &talk)
			if code != 0 || out.Len()+talk.Len() > 0 {
				t.Errorf("%s: exit %d\n%s%s", line, code, out.String(), talk.String())
			}
			if _, err := os.Stat("deals.plan.csv"); err != nil {
				t.Errorf("it checked no sheet: %v", err)
			}
		})
	}
}

// TestSystemdTakesTheUnits asks systemd itself, if it is installed.
func TestSystemdTakesTheUnits(t *testing.T) {
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("there is no systemd-analyze")
	}
	folder := t.TempDir()
	// It requires the program to exist, and the tests don't install it.
	service := strings.ReplaceAll(example(t, "systemd/razebulk.service"), "/usr/bin/razebulk", "/bin/true")
	for name, text := range map[string]string{"razebulk.service": service, "razebulk.timer": example(t, "systemd/razebulk.timer")} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	unit := filepath.Join(folder, "razebulk.service")
	if out, err := exec.Command(analyze, "verify", "--man=no", unit, filepath.Join(folder, "razebulk.timer")).CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("verify: %v\n%s", err, out)
	}
	when := valueOf(t, example(t, "systemd/razebulk.timer"), "OnCalendar")
	if out, err := exec.Command(analyze, "calendar", when).CombinedOutput(); err != nil {
		t.Errorf("calendar: %v\n%s", err, out)
	}
	// Its exposure score goes from 0 to 10; the threshold is ten times the score.
	if out, err := exec.Command(analyze, "security", "--offline=true", "--threshold=20", "--no-pager", unit).CombinedOutput(); err != nil {
		t.Errorf("security: %v\n%s", err, out)
	}
}
