/* main.c: suyuan-signer, the only process of an installation that holds label, log and status keys. */
int
main(void)
{
	return 2;
}
