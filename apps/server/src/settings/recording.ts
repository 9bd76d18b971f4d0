import { keepDaysMin } from '@kaibo/contract/media/recording-life'
import { ConfigError, days, flag, httpUrl, plain, wholeNumber, word } from './kinds.ts'

const daysMax = 36_500

/** Where recordings lie and how long they are kept, and the object store that may hold them. */
export const recordingSettings = {
  KAIBO_RECORDINGS_DIR: plain(
    '',
    'Directory in which the media process records. Empty = recordings below KAIBO_DATA_DIR.',
  ),
  KAIBO_RECORDINGS_FREE_GIB: wholeNumber('gibibytes')(
    '5',
    'Recordings leave so much of their disk free, or a tenth of it if that is less.',
    { min: 0, max: 100_000 },
  ),
  KAIBO_RECORDINGS_STORE: word(
    ['media', 's3'],
    'media',
    'Where finished recordings lie: with the media process, or in the object store of KAIBO_S3_….',
  ),
  KAIBO_RECORDINGS_URL: httpUrl(
    'CDN before the object store of recordings. Empty = addresses signed by the store.',
  ),
  KAIBO_RECORDING_OPTIONAL: flag(
    '0',
    'Let shops switch off the recording of a session. 0 = all are recorded: the law asks to keep shows that sell.',
  ),
  KAIBO_KEEP_SHOW_DAYS: days(
    String(keepDaysMin.show),
    'How long recordings are kept of sessions in which nothing was sold.',
    { min: keepDaysMin.show, max: daysMax },
  ),
  KAIBO_KEEP_TRADE_DAYS: days(
    String(keepDaysMin.trade),
    'How long recordings are kept after the last order from a session or its replay moved.',
    { min: keepDaysMin.trade, max: daysMax },
  ),
  KAIBO_FILES_STORE: word(
    ['disk', 's3'],
    'disk',
    'Where uploaded files lie: below KAIBO_DATA_DIR, or in the object store of KAIBO_S3_….',
  ),
  KAIBO_S3_URL: httpUrl(
    'Object store (S3 and what speaks like it): its address, without a bucket.',
  ),
  KAIBO_S3_REGION: plain('us-east-1', 'Object store: region of the bucket.'),
  KAIBO_S3_BUCKET: plain('', 'Object store: the bucket.'),
  KAIBO_S3_KEY_ID: plain('', 'Object store: id of the access key.'),
  KAIBO_S3_SECRET: plain('', 'Object store: the access key.'),
} as const

const neededByS3 = [
  'KAIBO_S3_URL',
  'KAIBO_S3_BUCKET',
  'KAIBO_S3_KEY_ID',
  'KAIBO_S3_SECRET',
] as const

/** Throws {@link ConfigError}, which names every setting that the object store still needs. */
export function requireRecordingSettings(
  config: Readonly<Record<keyof typeof recordingSettings, unknown>>,
): void {
  const users = (['KAIBO_RECORDINGS_STORE', 'KAIBO_FILES_STORE'] as const).filter(
    name => config[name] === 's3',
  )
  const missing = neededByS3.filter(name => config[name] === '')
  if (users.length === 0 || missing.length === 0) return
  throw new ConfigError(`${users.join(' and ')}=s3 need ${missing.join(', ')}.`)
}
