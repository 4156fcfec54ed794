// serial_peer.mjs: serials by another FF1 (npm @noble/ciphers, MIT), written from
// suyuan-label(5) alone. Compares tests/vectors/serial/serials.txt, which the unit test
// compares with ours; "--make" prints that file anew.
//   npm ci --ignore-scripts && node serial_peer.mjs
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { FF1 } from '@noble/ciphers/ff1';

const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const file = new URL('../vectors/serial/serials.txt', import.meta.url);

function serial(key, tweak, counter) {
	const plain = [];
	for (let shift = 25; shift >= 0; shift -= 5)
		plain.push((counter >> shift) & 31);
	plain.push(0, 0, 0, 0);
	const ff1 = FF1(32, key, new TextEncoder().encode(tweak));
	const cipher = ff1.encrypt(plain);
	if (ff1.decrypt(cipher).join() !== plain.join())
		throw new Error('the peer does not come back');
	return cipher.map((v) => alphabet[v]).join('');
}

function make() {
	const tweaks = ['06901234567892', '09521234567899', '0', 'ABC123', 'ZYHUASHENG2026'];
	for (let i = 0; i < 500; i++) {
		const seed = createHash('sha256').update(`suyuan serial vector ${i >> 2}`).digest();
		const counter = i === 0 ? 0 : i === 1 ? 2 ** 30 - 1 : createHash('sha256').update(`${i}`).digest().readUInt32BE(0) >>> 2;
		const tweak = tweaks[i % tweaks.length];
		console.log(`${seed.toString('hex')} ${tweak} ${counter} ${serial(seed, tweak, counter)}`);
	}
}

function check() {
	let good = 0, bad = 0;
	for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
		const [key, tweak, counter, want] = line.split(' ');
		if (serial(Buffer.from(key, 'hex'), tweak, Number(counter)) === want)
			good++;
		else {
			console.error(`differs: ${line}`);
			bad++;
		}
	}
	console.log(`serials by @noble/ciphers: ${good} alike, ${bad} differ`);
	process.exit(bad === 0 && good > 0 ? 0 : 1);
}

if (process.argv[2] === '--make')
	make();
else
	check();
