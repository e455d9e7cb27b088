/** What pressing each kind of action does, on one phone. Kinds and rules: LINE's reference, "Action objects". */
import { ask, choosePicture, toast } from './dialogs.js';
import { openLink } from './links.js';
import { word } from './words.js';

const PICKERS = { date: 'date', time: 'time', datetime: 'datetime-local' };

const ACTIONS = {
  async uri(phone, source, action) {
    const uri = action.uri ?? action.linkUri;
    if (openLink(uri, phone.where)) await phone.press(source, action, uri, { silent: true });
  },

  async postback(phone, source, action) {
    if (!(await phone.press(source, action, action.data))) return;
    toast(word('pressedToast'));
    afterPostback(phone, action);
  },

  async message(phone, source, action) {
    await phone.press(source, action, action.text);
  },

  async clipboard(phone, source, action) {
    if (await phone.copy(action.clipboardText)) await phone.press(source, action, action.clipboardText, { silent: true });
  },

  async datetimepicker(phone, source, action) {
    const mode = Object.hasOwn(PICKERS, action.mode) ? action.mode : 'date';
    const bounds = Object.fromEntries(['min', 'max'].map((name) => [name, forInput(action[name])]).filter(([, value]) => value));
    const field = { name: 'value', label: action.label || word('pickTime'), type: PICKERS[mode], value: forInput(action.initial), ...bounds };
    const picked = await ask(word(`pick_${mode}`), [field]);
    if (picked && (await phone.press(source, action, action.data, { params: { [mode]: picked.value } }))) toast(word('pressedToast'));
  },

  async camera(phone) {
    await phone.sendPicture(await choosePicture({ camera: true }));
  },

  async cameraRoll(phone) {
    await phone.sendPicture(await choosePicture());
  },

  async location(phone) {
    await phone.sendPlace();
  },

  async richmenuswitch(phone, source, action) {
    await phone.press(source, action, action.data);
  },
};

/** `2017-12-25t00:00`, as LINE also writes it, as an input wants it. */
function forInput(value) {
  return typeof value === 'string' ? value.replace('t', 'T') : undefined;
}

/** `inputOption`: what the app does with menu and keyboard after the press. */
function afterPostback(phone, action) {
  if (action.inputOption === 'openRichMenu') phone.showMenu(true);
  if (action.inputOption === 'closeRichMenu') phone.showMenu(false);
  if (action.inputOption === 'openKeyboard') phone.composer.begin(action.fillInText ?? '');
  if (action.inputOption === 'openVoice') toast(word('noVoice'));
}

/** `source` is the message that carries the action, or the number of an area of the rich menu. */
export async function act(phone, source, action) {
  if (Object.hasOwn(ACTIONS, action.type ?? '')) await ACTIONS[action.type](phone, source, action);
  else toast(word('noButton', { type: action.type ?? '?' }), { alarm: true });
}
