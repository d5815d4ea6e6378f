import type { Explanations } from './reasons.js';

export const en: Explanations = {
  'not-ready-yet': {
    means: 'Twilio is still working on the recording.',
    todo: 'Nothing: it is asked for again until Twilio has it.',
  },
  'source-deleted': {
    means: 'Twilio had the recording, and it was deleted there before it was fetched.',
    todo: 'It cannot be brought back. Look at what deletes recordings at Twilio, and have them fetched sooner.',
  },
  absent: {
    means: 'Twilio says that there is no audio: nothing was said, or the call ended at once.',
    todo: 'Nothing. There is no audio to be had.',
  },
  encrypted: {
    means: 'The recording was encrypted with a key of the account’s own, which Earshot does not have.',
    todo: 'Turn encryption of recordings off at Twilio for those that should be played here.',
  },
  unauthorized: {
    means: 'Twilio refuses the account’s key: it is wrong, was revoked, or may not read recordings.',
    todo: 'Put the right key for the account into the fetcher’s configuration, then fetch again.',
  },
  'rate-limited': {
    means: 'Twilio lets the account ask no more often just now.',
    todo: 'Nothing: it goes on by itself. If it stays, fetch less at a time, or ask Twilio for a higher limit.',
  },
  'account-busy': {
    means: 'The account has as many fetches under way as it may.',
    todo: 'Nothing: it goes on by itself.',
  },
  'upstream-error': {
    means: 'Twilio answered with an error, or the connection to it broke.',
    todo: 'Look at Twilio’s status page. Fetch again when it is well.',
  },
  'upstream-timeout': {
    means: 'Twilio did not answer in time, or stopped in the middle.',
    todo: 'Look at Twilio’s status page and at the network. Fetch again when it is well.',
  },
  truncated: {
    means: 'Fewer or more bytes came than were announced.',
    todo: 'Fetch again. If it stays, look at proxies between the fetcher and Twilio.',
  },
  'not-audio': {
    means: 'What Twilio sent is not audio of a kind that is played here.',
    todo: 'Look at the account: a proxy or a wrong address may answer in Twilio’s place. Fetch again after that.',
  },
  'too-large': {
    means: 'The recording is larger than the fetcher may take.',
    todo: 'Raise the size limit in the fetcher’s configuration, then fetch again.',
  },
  'redirect-refused': {
    means: 'Twilio pointed to a host that is not allowed.',
    todo: 'If the host is right, add it to the fetcher’s allowed hosts, then fetch again.',
  },
  'store-unavailable': {
    means: 'The object store refused the audio, did not answer, or the fetcher’s disk was full.',
    todo: 'Mend the store or make room, then fetch again.',
  },
  'store-conflict': {
    means: 'The store held other bytes under the same name, or gave back others than were written.',
    todo: 'Look for somebody else who writes into the bucket. Fetch again.',
  },
  'store-mismatch': {
    means: 'The fetcher stored the audio, but the gateway does not find it: they look at different stores or buckets.',
    todo: 'Compare the store settings of gateway and fetcher, then fetch again.',
  },
  'attempts-exhausted': {
    means: 'It was tried as often as is allowed, and failed each time.',
    todo: 'Find the cause in the fetcher’s log, then fetch again.',
  },
  other: {
    means: 'The gateway names a reason that this console does not know.',
    todo: 'Look at the fetcher’s log.',
  },
};
