#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/arena.h"

err_t file_read(struct arena *a, const char *path, size_t most, struct str *out)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return err_new(a, errno == ENOENT ? ERR_MISSING : ERR_INVALID, "%s cannot be read: %s.", path,
			       strerror(errno));
	struct stat st;
	err_t e = NULL;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode))
		e = err_new(a, ERR_INVALID, "%s is not a file.", path);
	else if ((size_t)st.st_size > most)
		e = err_new(a, ERR_INVALID, "%s is larger than %zu KB.", path, most >> 10);
	char *p = e == NULL ? arena_many(a, (size_t)st.st_size, char) : NULL;
	size_t n = 0;
	while (e == NULL && n < (size_t)st.st_size) {
		ssize_t got = read(fd, p + n, (size_t)st.st_size - n);
		if (got < 0 && errno != EINTR)
			e = err_new(a, ERR_INVALID, "%s cannot be read: %s.", path, strerror(errno));
		if (got == 0)
			break;
		n += got > 0 ? (size_t)got : 0;
	}
	close(fd);
	if (e == NULL)
		*out = (struct str){p, n};
	return e;
}
