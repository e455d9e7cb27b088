/* The endpoint of the LIFF app: the SDK leads on to the page that was asked for; without it we go there ourselves. */
import * as line from './liff.js';

const plain = document.getElementById('plain');
const answered = await line.open();
if (!answered || !new URL(location.href).searchParams.has('liff.state')) location.replace(plain.href);
