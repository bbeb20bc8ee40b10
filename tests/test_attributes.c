#include "sandbox.h"
#include "test.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/xattr.h>
#include <unistd.h>

static enum zm_replace_result replace(struct zm_sandbox *box, const char *path)
{
	struct zm_file file = zm_sandbox_read(box, path);
	return zm_file_replace(path, &file.stat, zm_sandbox_new, &box->err);
}

static bool has_attribute(const char *path, const char *name, struct zm_str want)
{
	char value[256];
	ssize_t len = getxattr(path, name, value, sizeof(value));
	return len >= 0 && zm_str_eq((struct zm_str){value, (size_t)len}, want);
}

static void extended_attributes_are_kept(void)
{
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	if (setxattr(zone, "user.zonemend", "a\0b", 3, 0) != 0) {
		printf("\n/tmp has no extended attributes (%s): not tried\n", strerror(errno));
	} else {
		CU_ASSERT_EQUAL(setxattr(zone, "user.empty", "", 0, 0), 0);
		CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
		zm_sandbox_expect(&box, zone, zm_sandbox_new);
		CU_ASSERT(has_attribute(zone, "user.zonemend", ZM_STR("a\0b")));
		CU_ASSERT(has_attribute(zone, "user.empty", ZM_STR("")));
	}
	zm_sandbox_close(&box);
}

/* user::rw- user:12345:rw- group::r-- mask::rw- other::---, as the kernel stores it. */
static const struct zm_str ACL = {"\2\0\0\0"
				  "\1\0\6\0\xff\xff\xff\xff"
				  "\2\0\6\0\x39\x30\0\0"
				  "\4\0\4\0\xff\xff\xff\xff"
				  "\x10\0\6\0\xff\xff\xff\xff"
				  "\x20\0\0\0\xff\xff\xff\xff",
				  44};

static void an_access_control_list_is_kept_and_a_folders_default_does_not_come(void)
{
	static const char *const access_list = "system.posix_acl_access";
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	const char *plain = zm_sandbox_path(&box, "plain");
	zm_sandbox_put(plain, zm_sandbox_old);
	CU_ASSERT_EQUAL(chmod(plain, 0640), 0);
	if (setxattr(zone, access_list, ACL.data, ACL.len, 0) != 0 ||
	    setxattr(box.folder, "system.posix_acl_default", ACL.data, ACL.len, 0) != 0) {
		printf("\n/tmp has no access control lists (%s): not tried\n", strerror(errno));
	} else {
		CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
		CU_ASSERT(has_attribute(zone, access_list, ACL));
		CU_ASSERT_EQUAL(zm_sandbox_read(&box, zone).stat.st_mode & 07777, 0660);
		CU_ASSERT_EQUAL(replace(&box, plain), ZM_REPLACED);
		CU_ASSERT_FALSE(has_attribute(plain, access_list, ACL));
		CU_ASSERT_EQUAL(getxattr(plain, access_list, NULL, 0), -1);
		CU_ASSERT_EQUAL(zm_sandbox_read(&box, plain).stat.st_mode & 07777, 0640);
	}
	zm_sandbox_close(&box);
}

/* As root one may be set where no SELinux is in force. */
static void a_label_of_selinux_is_kept(void)
{
	static const char label[] = "system_u:object_r:named_zone_t:s0";
	struct zm_sandbox box;
	const char *zone = zm_sandbox_with_zone(&box);
	if (setxattr(zone, "security.selinux", label, sizeof(label), 0) != 0) {
		printf("\nno label of SELinux here (%s): not tried\n", strerror(errno));
	} else {
		CU_ASSERT_EQUAL(replace(&box, zone), ZM_REPLACED);
		zm_sandbox_expect(&box, zone, zm_sandbox_new);
		CU_ASSERT(has_attribute(zone, "security.selinux",
					(struct zm_str){label, sizeof(label)}));
	}
	zm_sandbox_close(&box);
}

static const struct zm_test_case cases[] = {
	{"extended attributes are kept", extended_attributes_are_kept},
	{"an access control list is kept and a folder's default does not come",
	 an_access_control_list_is_kept_and_a_folders_default_does_not_come},
	{"a label of SELinux is kept", a_label_of_selinux_is_kept},
	{NULL, NULL},
};

void test_attributes(void)
{
	zm_test_suite("attributes", cases);
}
