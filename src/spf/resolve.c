#include "spf/resolve.h"

const char *zm_ask_name(enum zm_ask type)
{
	switch (type) {
	case ZM_ASK_A:
		return "A";
	case ZM_ASK_PTR:
		return "PTR";
	case ZM_ASK_MX:
		return "MX";
	case ZM_ASK_TXT:
		return "TXT";
	case ZM_ASK_AAAA:
		break;
	}
	return "AAAA";
}
