# SPDX-License-Identifier: MIT
"""The recipes of attune-recipes(7) whose programs few machines have: a real cron, sshd on two hosts, R, gnuplot and Miller."""

import os
import re
import subprocess
import unittest

from manual import ATTUNE
from recipes_test import Recipe, needs, recipe

MONTHS = [f"2026-{month:02}-05" for month in range(1, 8)]
MAY_UNSHARE = os.getuid() == 0 and subprocess.run(["unshare", "--net", "--mount", "--uts", "true"], check=False).returncode == 0
CRON = """
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /etc/cron.d
mount --bind /dev/null /etc/crontab
mount -t tmpfs tmpfs /var/spool/cron
mkdir -m 1730 /var/spool/cron/crontabs
printf 'PATH=%s:/usr/bin:/bin\\nHOME=%s\\nATTUNE_NOW=%s\\n' "$HOME/bin" "$HOME" "$ATTUNE_NOW" | crontab -
attune schedule --cron --install
(crontab -l; echo '0 19 * * * attune due -q; echo $? >status') | crontab -
LD_PRELOAD=$(echo /usr/lib/*/faketime/libfaketime.so.1) FAKETIME='@2026-11-24 18:59:57' cron -f & cron=$!
for tenth in $(seq 300); do [ ! -s status ] || break; sleep 0.1; done
kill $cron
"""
HOSTS = """
mkdir -p /run/sshd
ssh-keygen -q -t ed25519 -N '' -f host_key
ssh-keygen -q -t ed25519 -N '' -f id
for name in one two; do
  here=10.77.${#known}.1 there=10.77.${#known}.2
  unshare --net --uts /usr/sbin/sshd -D -e -f sshd_config -h "$PWD/host_key" 2>$name.log & sshd=$!
  known="$known." ; hosts="$hosts $sshd"
  for tenth in $(seq 100); do ! grep -q "Server listening" $name.log || break; sleep 0.1; done
  ip link add to_$name type veth peer name eth0 netns $sshd
  ip address add $here/24 dev to_$name
  ip link set to_$name up
  nsenter -t $sshd --net ip address add $there/24 dev eth0
  nsenter -t $sshd --net ip link set eth0 up
  nsenter -t $sshd --uts hostname $name
  printf 'Host %s\\n HostName %s\\n' $name $there >>ssh_config
done
trap 'kill $hosts' EXIT
cat of_all >>ssh_config
for name in one two; do [ "$(ssh -F ssh_config $name hostname)" = $name ]; done
export PARALLEL_SSH="ssh -F $PWD/ssh_config"
"""


class OtherPrograms(Recipe):
    def unshared(self, line, **variables):
        """Runs a line with mounts, networks and a name of its own, all of which end with it."""
        script = self.home.path / "unshared.sh"
        script.write_text("set -euo pipefail\n" + line, encoding="utf-8")
        path = f"{ATTUNE.parent}:/usr/sbin:/usr/bin:/sbin:/bin"
        return self.shell(f"exec unshare --net --mount --uts --fork --kill-child bash {script}", PATH=path, **variables)

    @unittest.skipUnless(MAY_UNSHARE, "only root has mounts and networks of its own")
    @needs("cron", "faketime")
    def test_cron_runs_what_schedule_installs(self):
        notice = self.home.path / "bin/notify-send"
        notice.parent.mkdir()
        notice.write_text('#!/bin/sh\nprintf "%s\\n" "$@" >>shown\n', encoding="utf-8")
        notice.chmod(0o700)
        (notice.parent / "attune").symlink_to(ATTUNE)
        shown, status = self.home.path / "shown", self.home.path / "status"
        self.unshared(CRON)
        self.assertEqual((shown.read_text(), status.read_text()), ("A reminder\nIt is time for what you planned.\n", "0\n"))
        shown.unlink()
        status.unlink()
        self.home.attune("take", "--form", "short", "--answers", "5,3,6,2,4,3,5,4,2,4,3,6")
        self.unshared(CRON)
        self.assertEqual((shown.exists(), status.read_text()), (False, "1\n"))

    @unittest.skipUnless(MAY_UNSHARE, "only root has mounts and networks of its own")
    @needs("parallel", "sshd", "ssh", "ip", "nsenter")
    def test_two_machines_give_the_scores_that_one_program_gives(self):
        self.make_rows()
        home = self.home.path
        home.chmod(0o700)
        (home / "sshd_config").write_text(
            f"AuthorizedKeysFile {home}/id.pub\nStrictModes no\nUsePAM no\nPidFile none\nLogLevel VERBOSE\n"
            f"ListenAddress 0.0.0.0\nSetEnv PATH={ATTUNE.parent}:/usr/bin:/bin\n", encoding="utf-8")
        (home / "of_all").write_text(
            f"Host *\n User root\n IdentityFile {home}/id\n StrictHostKeyChecking no\n UserKnownHostsFile {home}/known\n"
            " LogLevel ERROR\n", encoding="utf-8")
        line = recipe("Many rows, several machines")
        self.assertIn("--sshlogin one,two ", line)
        far = self.unshared("known=. hosts=\n" + HOSTS + line.replace("--pipepart", "--pipepart --block 20k"))
        self.assertEqual(far, self.home.attune("score", "ecr-s", "data.csv"))
        for name in ("one", "two"):  # each has had parts of it
            self.assertGreater((home / f"{name}.log").read_text(encoding="utf-8").count("Starting session: command"), 2)

    def check_ins(self):
        """The scores of anxiety, in order."""
        for number, date in enumerate(MONTHS):
            answers = [str(1 + number * (item % 3 + 1) % 7) for item in range(12)]
            self.home.attune("take", "--form", "short", "--date", date, "--about", "partner", "--answers", ",".join(answers))
        rows = [line.split(",") for line in self.home.attune("trend", "--format", "csv").splitlines()]
        column = rows[0].index("score")
        return [float(row[column]) for row in rows if "anxiety" in row]

    @needs("mlr")
    def test_miller_has_the_average_of_all_records(self):
        scores = self.check_ins()
        names, values = map(str.split, self.shell(recipe("A table by Miller")).splitlines())
        row = dict(zip(names, values))
        self.assertEqual((row["about"], row["anxiety_count"]), ("partner", str(len(MONTHS))))
        self.assertAlmostEqual(float(row["anxiety_mean"]), sum(scores) / len(scores), 3)

    @needs("Rscript")
    def test_r_has_the_slope_of_each_score(self):
        scores = self.check_ins()
        told = dict(line.split() for line in self.shell(recipe("Statistics in R")).splitlines())
        years = [days / 365.25 for days in (0, 31, 59, 90, 120, 151, 181)]  # of 2026, from 5 January
        middle = sum(years) / len(years)
        slope = sum((year - middle) * score for year, score in zip(years, scores)) / sum((year - middle) ** 2 for year in years)
        self.assertEqual(sorted(told), ["anxiety", "avoidance"])
        self.assertAlmostEqual(float(told["anxiety"]), slope, 4)

    @needs("gnuplot")
    def test_gnuplot_draws_each_check_in(self):
        scores = self.check_ins()
        lines = recipe("A picture by gnuplot")
        self.shell(lines)
        self.assertEqual((self.home.path / "anxiety.png").read_bytes()[:8], b"\x89PNG\r\n\x1a\n")
        self.shell(lines.replace("pngcairo", "svg").replace("anxiety.png", "anxiety.svg"))
        points = re.findall(r"<use xlink:href='#gpPt6' transform='translate\(([\d.]+),([\d.]+)\)", (self.home.path / "anxiety.svg").read_text())
        self.assertEqual(len(points), len(MONTHS))
        heights = [float(height) for _, height in points]
        self.assertEqual(heights.index(min(heights)), max(range(len(scores)), key=scores.__getitem__))  # the highest on top


if __name__ == "__main__":
    unittest.main()
