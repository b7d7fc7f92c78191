# The first step inside of namespaces of a run's own, while it may still mount: other processes out of sight, everything
# read-only but a working folder in memory, which goes with the namespace. Then the rest of the words, with no environment
# but PATH and LANG.
set -eu
work=$1 user=$2 bytes=$3
shift 3
mount -t proc -o nosuid,nodev,noexec proc /proc
for point in $(cut -d ' ' -f 2 /proc/self/mounts); do
  # What cannot be mounted anew still has its permissions, and the script has no rights.
  mount -o remount,bind,ro "$(printf '%b' "$point")" 2> /dev/null || :
done
mount -t tmpfs -o "size=$bytes,nr_inodes=1024,mode=0700,uid=$user,gid=$user,nosuid,nodev" tmpfs "$work"
cd "$work"
exec env -i PATH="$PATH" LANG="$LANG" "$@"
