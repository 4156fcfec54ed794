/* main.c: suyuan-certs: keys, certificates and proofs on any machine. One row a verb. */
#include "certs/cmd/cmd.h"

#include <stdio.h>
#include <string.h>

#define PASSPHRASE { "passphrase-file", "FILE", "口令文件（首行，权限 0600）；不给则在终端询问", "file with the passphrase (first line, mode 0600); asked on the terminal otherwise" }
#define OUT { "out", "FILE", "写入此文件，不给则写标准输出", "write to this file instead of standard output" }
#define JSON { "json", NULL, "以 JSON 输出", "print JSON" }
#define TRUST { "trust", "FILE", "信任名单", "the trust list" }
#define ANCHOR { "anchor", "FILE", "根公钥（谁可以签信任名单）", "the roots: who may sign a trust list" }
#define STALE { "allow-stale", NULL, "信任名单过期也接受", "accept a trust list past its date" }
#define LOG_KEY { "log-key", "VKEY", "日志公钥；不给则取自信任名单", "the log's key; taken from the trust list otherwise" }
#define ROOT { "root", "DIR", "小型部署的根目录（见 trust init）", "root directory of a small installation (see trust init)" }
#define END { NULL, NULL, NULL, NULL }

static const struct cmd_option keygen[] = {
	{ "alg", "p256|ed25519|sm2", "算法，默认 p256", "algorithm, p256 by default" },
	{ "out", "FILE", "私钥文件（加密 PEM），不覆盖已有文件", "the private key (encrypted PEM); never replaces a file" },
	{ "pub-out", "FILE", "同时写出公钥", "write the public key too" },
	{ "if-missing", NULL, "已有则不做任何事并返回 0", "a key that is there is kept: exit 0" },
	PASSPHRASE, JSON, END,
};
static const struct cmd_option pub[] = {
	{ "key", "FILE", "私钥文件", "the private key" },
	{ "base64", NULL, "SPKI 的 base64，一行", "base64 of the SPKI on one line" },
	{ "note-name", "NAME", "输出签名便笺公钥（仅 ed25519）", "print a note verifier key (ed25519 only)" },
	PASSPHRASE, OUT, END,
};
static const struct cmd_option csr[] = {
	{ "key", "FILE", "私钥文件", "the private key" },
	{ "subject", "NUMBER", "工号（不写姓名）", "staff number (never a name)" },
	PASSPHRASE, OUT, END,
};
static const struct cmd_option issue[] = {
	ROOT,
	{ "ca-cert", "FILE", "签发者证书；与 --ca 同用而不给，则自签根证书", "the issuer's certificate; without it and with --ca: a self-signed root" },
	{ "ca-key", "FILE", "签发者私钥", "the issuer's private key" },
	{ "csr", "FILE", "证书请求", "certificate request" },
	{ "spki", "FILE", "公钥（PEM 或 base64），不验证持有", "public key (PEM or base64), possession not proven" },
	{ "party", "ID", "单位编号，32 位十六进制", "party id, 32 hex digits" },
	{ "subject", "NUMBER", "工号；CA 为名称", "staff number; for a CA its name" },
	{ "roles", "R,R", "tester reviewer approver operator certifier officer producer status，用逗号隔开", "separated by commas" },
	{ "ca", NULL, "签发单位 CA（roles 为其人员可有的角色）", "a party CA (roles: what its people may have)" },
	{ "days", "N", "有效天数，默认人员 730、单位 CA 1825、根 7300；不超过签发者", "validity, 730 days for people, 1825 for a party CA, 7300 for a root; never beyond the issuer" },
	{ "not-before", "TIME", "起始时间，默认现在", "start, now by default" },
	{ "chain", NULL, "附上签发者证书", "add the issuer's certificate (and the root)" },
	{ "if-missing", NULL, "输出文件已有则不做任何事并返回 0", "an output file that is there is kept: exit 0" },
	PASSPHRASE, OUT, END,
};
static const struct cmd_option show[] = { JSON, END };
static const struct cmd_option seal[] = {
	{ "statement", "FILE", "待签陈述（规范 JSON），- 为标准输入", "the frozen statement (canonical JSON), - for standard input" },
	{ "public", "FILE", "公开正文：核对摘要并显示", "the public body: its digest is checked, and it is shown" },
	{ "private", "FILE", "非公开正文，同上", "the private body, likewise" },
	{ "key", "FILE", "本人私钥", "your private key" },
	{ "cert", "FILE", "本人证书", "your certificate" },
	{ "role", "ROLE", "以何角色签", "the role you sign in" },
	{ "kid", "N", "仅 status：信任名单上的编号", "role status only: its number on the trust list" },
	{ "time", "TIME", "签署时间，默认现在", "time of signing, now by default" },
	{ "yes", NULL, "不再询问", "do not ask" },
	PASSPHRASE, OUT, END,
};
static const struct cmd_option check[] = {
	{ "entry", "FILE", "日志条目，- 为标准输入", "the log entry, - for standard input" },
	{ "certs", "FILE", "PEM 证书，可多次", "PEM certificates; may be repeated" },
	TRUST, ANCHOR, STALE,
	{ "time", "TIME", "在此时间检查，默认为各签名的 iat", "check at this time; each seal's own iat by default" },
	{ "leaf", "N", "已在日志中的序号", "it stands in the log at this index" },
	JSON, END,
};
static const struct cmd_option trust_init[] = {
	{ "root", "DIR", "建立此目录", "make this directory" },
	{ "origin", "NAME", "日志名，如 q.example.cn/suyuan", "the log's name, such as q.example.cn/suyuan" },
	{ "roots", "N", "根密钥数，默认 3", "how many root keys, 3 by default" },
	{ "threshold", "K", "需要几个签名，默认 2", "how many must sign, 2 by default" },
	{ "party", "ID", "运营单位编号，默认随机", "the operator's party id, random by default" },
	{ "not-before", "TIME", "根证书起始时间，默认现在", "start of the root certificate, now by default" },
	PASSPHRASE, JSON, END,
};
#define EDIT                                                                                                                                              \
	{ "host", "AUTHORITY", "标签主机，可多次", "a label's host; may be repeated" },                                                                       \
	{ "key", "KID:ROLE:PARTY:FILE", "加入公钥；ROLE 为 label log status witness tsa ca，PARTY 可为 -", "add a public key; PARTY may be -" },              \
	{ "compromised", "KID:LEAF:REASON", "此密钥只对序号小于 LEAF 的条目有效", "that key holds only for entries before LEAF" },                            \
	{ "end", "KID:TIME", "密钥的停用时间", "the end of that key" },                                                                                       \
	{ "not-before", "TIME", "所加密钥的起始时间，默认现在", "start of the keys added, now by default" },                                                  \
	{ "days", "N", "有效天数，默认 90", "validity of the list, 90 days by default" }
static const struct cmd_option trust_make[] = {
	ROOT,
	{ "facts", "FILE", "名单正文（suyuan-trust(5)），不含签名", "the list's text (suyuan-trust(5)) without signatures" },
	{ "origin", "NAME", "日志名；默认取自根目录", "the log's name; from the root directory by default" },
	ANCHOR, EDIT, PASSPHRASE, OUT, END,
};
static const struct cmd_option trust_renew[] = { ROOT, TRUST, ANCHOR, EDIT, PASSPHRASE, OUT, END };
static const struct cmd_option trust_sign[] = {
	TRUST,
	{ "key", "FILE", "一个根的私钥", "a root's private key" },
	{ "name", "NAME", "这个根的名字", "that root's name" },
	PASSPHRASE, OUT, END,
};
static const struct cmd_option trust_verify[] = {
	TRUST, ANCHOR, STALE,
	{ "seen", "N", "已见过的版本；更旧的不接受", "the version seen before; older ones are refused" },
	{ "anchor-out", "FILE", "写出名单里的根，作为下次的 --anchor", "write the roots this list names, the next --anchor" },
	JSON, END,
};
static const struct cmd_option proof[] = {
	{ "proof", "FILE", ".tlog-proof 文件", "a .tlog-proof file" },
	{ "checkpoint", "FILE", "检查点；与 --index 和 --hash 同用", "a checkpoint, with --index and --hash" },
	{ "index", "N", "条目序号", "the entry's index" },
	{ "hash", "BASE64", "证明的下一个散列，可多次", "the proof's next hash; may be repeated" },
	{ "entry", "FILE", "日志条目", "the entry" },
	{ "leaf", "HEX", "或它的叶散列", "or its leaf hash" },
	LOG_KEY, TRUST, ANCHOR, STALE, JSON, END,
};
static const struct cmd_option log_fsck[] = {
	{ "dir", "DIR", "日志目录（checkpoint 与 tile/）", "the log's directory (checkpoint and tile/)" },
	LOG_KEY, TRUST, ANCHOR, STALE, JSON, END,
};

static const struct cmd_verb verbs[] = {
	{ "keygen", NULL, "生成密钥", "make a key", keygen, verb_keygen },
	{ "pub", NULL, "输出公钥", "print the public key", pub, verb_pub },
	{ "csr", NULL, "证书请求", "make a certificate request", csr, verb_csr },
	{ "issue", NULL, "签发证书", "issue a certificate", issue, verb_issue },
	{ "show", "FILE", "说明一个文件：证书、公钥、便笺、条目、信任名单", "say what a file is: certificate, key, note, entry, trust list", show, verb_show },
	{ "seal", NULL, "以本人密钥签署一条陈述", "seal a statement with your own key", seal, verb_seal },
	{ "check", NULL, "检查一个日志条目的签名、证书链与角色", "check an entry's seals, chains and roles", check, verb_check },
	{ "trust init", NULL, "建立根密钥与根证书", "make the root keys and the root certificate", trust_init, verb_trust_init },
	{ "trust make", NULL, "制作信任名单并由根签名", "make a trust list, signed by the roots", trust_make, verb_trust_make },
	{ "trust renew", NULL, "下一版信任名单", "the next version of a trust list", trust_renew, verb_trust_renew },
	{ "trust sign", NULL, "加上一个根的签名", "add one root's signature", trust_sign, verb_trust_sign },
	{ "trust verify", NULL, "核对信任名单", "verify a trust list", trust_verify, verb_trust_verify },
	{ "proof", NULL, "核对日志包含证明", "verify a proof of inclusion", proof, verb_proof },
	{ "log fsck", NULL, "重算整个日志", "recompute a whole log", log_fsck, verb_log_fsck },
};

static int
usage(bool error)
{
	FILE *f = error ? stderr : stdout;
	(void)fprintf(f, "suyuan-certs 动词 verb [选项 options]    (suyuan-certs VERB --help)\n");
	for (size_t i = 0; i < SY_LEN(verbs); i++)
		(void)fprintf(f, "  %-14s%s\n  %-14s%s\n", verbs[i].name, verbs[i].zh, "", verbs[i].en);
	return error ? 2 : 0;
}

/* How many words of argv the verb's name takes; 0: it is another. */
static int
named(const struct cmd_verb *v, int argc, char **argv)
{
	const char *space = strchr(v->name, ' ');
	if (space == NULL)
		return argc >= 1 && strcmp(argv[0], v->name) == 0 ? 1 : 0;
	size_t first = (size_t)(space - v->name);
	return argc >= 2 && strlen(argv[0]) == first && strncmp(argv[0], v->name, first) == 0 && strcmp(argv[1], space + 1) == 0 ? 2 : 0;
}

/* "trust --help": all that begins with that word. */
static bool
family_help(const char *word)
{
	bool any = false;
	for (size_t i = 0; i < SY_LEN(verbs); i++) {
		size_t n = strlen(word);
		if (strncmp(verbs[i].name, word, n) != 0 || verbs[i].name[n] != ' ')
			continue;
		cmd_help(&verbs[i], false);
		any = true;
	}
	return any;
}

int
main(int argc, char **argv)
{
	argc--;
	argv++;
	if (argc >= 1 && strcmp(argv[0], "--help") == 0)
		return usage(false);
	if (argc >= 1 && strcmp(argv[0], "--version") == 0) {
		(void)printf("suyuan-certs %s\n", SUYUAN_VERSION);
		return 0;
	}
	for (size_t i = 0; i < SY_LEN(verbs); i++) {
		int words = named(&verbs[i], argc, argv);
		if (words == 0)
			continue;
		struct cmd_args a;
		int done = cmd_parse(&verbs[i], argc - words, argv + words, &a);
		return done >= 0 ? done : verbs[i].run(&a);
	}
	if (argc == 2 && strcmp(argv[1], "--help") == 0 && family_help(argv[0]))
		return 0;
	return usage(true);
}
