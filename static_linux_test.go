package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestTheStaticProgramNeedsNothingBeside runs the program of the packages and the image in a root directory that holds
// only the program, a sheet and an empty folder for temporary files: no C library, no shell, no time zones, no /proc,
// and no root privileges.
func TestTheStaticProgramNeedsNothingBeside(t *testing.T) {
	if testing.Short() {
		t.Skip("it builds the program")
	}
	root := t.TempDir()
	build := exec.Command("go", "build", "-ldflags", "-s -w -X razebulk/internal/cli.developed=9.9.9", "-o", filepath.Join(root, "razebulk"), ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	sheet := "id,notes\n265e24ec-3bc8-4820-b65f-89a69d7babe4,x\n"
	err := errors.Join(os.Chmod(root, 0o755), os.MkdirAll(filepath.Join(root, "tmp"), 0o700), os.Mkdir(filepath.Join(root, "data"), 0o700),
		os.WriteFile(filepath.Join(root, "data", "deals.csv"), []byte(sheet), 0o644))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ line, stdin, want string }{
		{"version", "", "razebulk 9.9.9 "},
		{"update --sandbox --state /data/deals.state /data/deals.csv", "", "results: /data/deals.results.csv"},
		{"update --sandbox --compare --results /data/piped.xlsx -", sheet, "results: /data/piped.xlsx"},
		{"export --sandbox --out /data/export.csv", "", "50 opportunities to /data/export.csv"},
	} {
		cmd := exec.Command("/razebulk", strings.Fields(c.line)...)
		cmd.Dir, cmd.Env, cmd.Stdin = "/", []string{"TZ=America/Sao_Paulo"}, strings.NewReader(c.stdin)
		cmd.SysProcAttr = alone(t, root)
		out, err := cmd.CombinedOutput()
		if errors.Is(err, syscall.EPERM) || errors.Is(err, syscall.EACCES) {
			t.Skip("this machine permits no other root: ", err)
		}
		if err != nil || !strings.Contains(string(out), c.want) {
			t.Errorf("razebulk %s: %v\n%s", c.line, err, out)
		}
	}
	for _, name := range []string{"deals.results.csv", "deals.state", "piped.xlsx", "export.csv"} {
		if info, err := os.Stat(filepath.Join(root, "data", name)); err != nil || info.Size() == 0 {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// alone changes the root directory, for which an ordinary user needs a namespace. Root drops its privileges.
func alone(t *testing.T, root string) *syscall.SysProcAttr {
	t.Helper()
	if os.Getuid() != 0 {
		return &syscall.SysProcAttr{
			Chroot: root, Cloneflags: syscall.CLONE_NEWUSER,
			UidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getuid(), HostID: os.Getuid(), Size: 1}},
			GidMappings: []syscall.SysProcIDMap{{ContainerID: os.Getgid(), HostID: os.Getgid(), Size: 1}},
		}
	}
	const nobody = 65532
	for _, name := range []string{"tmp", "data", "data/deals.csv"} {
		if err := os.Chown(filepath.Join(root, name), nobody, nobody); err != nil {
			t.Fatal(err)
		}
	}
	return &syscall.SysProcAttr{Chroot: root, Credential: &syscall.Credential{Uid: nobody, Gid: nobody}}
}
