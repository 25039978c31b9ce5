/**
 * What runs first inside the new namespaces (a POSIX shell script): it makes everything but the
 * tree and the command's own home read-only, gives it an empty /tmp, hides the sockets of daemons
 * and the usual places of credentials, brings the loopback device up, gives up every capability
 * and becomes the command. Exits with 96 when it cannot keep that promise.
 *
 * Arguments: the room, the tree in it, the folder to stand in, the real home, the number of lent
 * paths, a pair of source and target for each, then the command.
 */
export const ENTER_SCRIPT = `set -eu
room=$1 tree=$2 cwd=$3 person=$4 lent=$5
shift 5
mounts=$(cat /proc/self/mountinfo)
mount -n --bind "$tree" "$tree"
mount -n --bind "$room/home" "$room/home"
read_only() {
  while read -r _ _ _ _ at options _; do
    at=$(printf '%b' "$at")
    case $at in /proc | /proc/* | /dev | /dev/*) continue ;; esac
    case ",$options," in *,ro,*) continue ;; esac
    mount -n -o "remount,bind,ro,\${options#rw,}" "$at" 2>/dev/null ||
      case $at in /sys | /sys/*) ;; *) return 96 ;; esac
  done
}
printf '%s\\n' "$mounts" | read_only || exit 96
mount -n -t tmpfs -o size=512m,nr_inodes=100k,mode=1777 tmpfs "$room/stage" || exit 96
case $room in
/tmp/*)
  inner=$room/stage\${room#/tmp}
  mkdir -p "$inner"
  mount -n --bind "$room" "$inner"
  mount -n --bind "$tree" "$inner\${tree#"$room"}"
  mount -n --bind "$room/home" "$inner/home"
  ;;
esac
while [ "$lent" -gt 0 ]; do
  target=$2
  case $target in /tmp/*) target=$room/stage\${target#/tmp} ;; esac
  mount -n --bind "$1" "$target" || exit 96
  shift 2
  lent=$((lent - 1))
done
hide() {
  for at in "$@"; do
    if [ -d "$at" ]; then mount -n -t tmpfs -o ro,size=4k tmpfs "$at" || exit 96
    elif [ -e "$at" ]; then mount -n --bind /dev/null "$at" || exit 96; fi
  done
}
hide /run/user /run/dbus /run/systemd /run/containerd /run/podman /run/crio /run/secrets /run/*.sock
for name in .ssh .aws .azure .gnupg .kube .docker .config/gh .config/gcloud .netrc .npmrc .pypirc \\
  .git-credentials .config/git/credentials .cargo/credentials.toml .m2/settings.xml; do
  hide "$person/$name"
done
mount -n --move "$room/stage" /tmp || exit 96
mount -n -t tmpfs -o size=64m,mode=1777 tmpfs /dev/shm 2>/dev/null || :
mount -n -t proc proc /proc || exit 96
ip link set lo up 2>/dev/null || ifconfig lo up 2>/dev/null ||
  perl -e 'socket(S,2,2,0)&&ioctl(S,0x8914,pack("a16s","lo",0x41))' 2>/dev/null || :
cd "$cwd"
exec setpriv --bounding-set=-all --inh-caps=-all --ambient-caps=-all --no-new-privs -- "$@"
`;

/** The exit code with which the script says that it could not keep its promise. */
export const NOT_ENTERED = 96;
