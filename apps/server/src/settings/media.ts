import { ConfigError, type Setting, wholeNumber } from './kinds.ts'

/** What the media process reads by the same names; checked here so that a boot fails at once. */
export const mediaSettings = {
  KAIBO_MEDIA_VIEWERS_MAX: wholeNumber('viewers')(
    '2000',
    'Viewers of all rooms whom the media process serves at a time; more are asked to come back.',
    { min: 1, max: 100_000 },
  ),
  KAIBO_LADDER_SLOTS: {
    fallback: '',
    doc: 'What encoders of smaller pictures may take together: light costs 2, full 3. Empty = 3 for each core, 0 = none.',
    parse: (text, name) => {
      if (/^\d{0,3}$/.test(text)) return text
      throw new ConfigError(`${name} must be a whole number from 0 to 999, but is "${text}".`)
    },
  } satisfies Setting<string>,
  KAIBO_FORWARD_URL: {
    fallback: '',
    doc: 'Another RTMP server that gets every stream: rtmp://host/app/{streamId}, with what its gate asks for. Empty = none.',
    parse: (text, name) => {
      // The address may hold a secret, so the sentence does not repeat it.
      if (text === '' || (/^rtmp:\/\/\S+$/.test(text) && text.includes('{streamId}'))) return text
      throw new ConfigError(`${name} must be an rtmp:// address with {streamId} in it.`)
    },
  } satisfies Setting<string>,
} as const

type MediaValues = Readonly<Record<keyof typeof mediaSettings, string | number>>

/** The part of the media process's environment that says something. */
export const mediaEnv = (config: MediaValues): Record<string, string> => {
  const { KAIBO_MEDIA_VIEWERS_MAX, KAIBO_LADDER_SLOTS, KAIBO_FORWARD_URL } = config
  const values = { KAIBO_MEDIA_VIEWERS_MAX, KAIBO_LADDER_SLOTS, KAIBO_FORWARD_URL }
  const said = Object.entries(values).filter(([, value]) => value !== '')
  return Object.fromEntries(said.map(([name, value]) => [name, String(value)]))
}
