import { type Config, isPrivate, publicUrl } from './config.ts'
import { demoAccounts } from './demo/accounts.ts'
import { comesHere } from './settings/live.ts'

export type StartFacts = {
  config: Config
  /** How the database runs; null when this process has none. */
  databaseNote: string | null
  demo: { liveId: string; streamKey: string } | null
  /** What is off, why, and how to get it. */
  degraded: readonly string[]
  startedInMs: number
}

/** What `npm start` prints: where everything is, who may sign in, what is missing. */
export function startTable({
  config,
  databaseNote,
  demo,
  degraded,
  startedInMs,
}: StartFacts): string {
  const rows = [...addressRows(config), ...demoRows(config, demo)]
  if (databaseNote) rows.push(['Database', databaseNote])
  for (const reason of degraded) rows.push(['Degraded', reason])
  const width = Math.max(...rows.map(([name]) => cells(name)))
  const lines = rows.map(([name, value]) => `  ${name}${' '.repeat(width - cells(name))}  ${value}`)
  return [
    '',
    `  Kaibo 开播 is ready (${(startedInMs / 1_000).toFixed(1)} s)`,
    '',
    ...lines,
    '',
  ].join('\n')
}

type Row = [name: string, value: string]

function addressRows(config: Config): Row[] {
  const url = publicUrl(config)
  const { KAIBO_ROLES: roles, RTMP_PORT: rtmpPort } = config
  const rows: Row[] = []
  if (roles.includes('api')) {
    rows.push(['Shop 直播间', `${url}/`], ['Studio 主播', `${url}/studio/`])
    rows.push(['Console 商家', `${url}/console/`], ['API docs', `${url}/docs`])
  }
  if (!roles.includes('api') || !roles.includes('media')) rows.push(['Roles', roles.join(', ')])
  if (roles.includes('media') && comesHere(config))
    rows.push(['RTMP 推流', `rtmp://${hostOf(url)}:${rtmpPort}/live`])
  return rows
}

function demoRows(config: Config, demo: StartFacts['demo']): Row[] {
  if (!demo) return []
  const url = publicUrl(config)
  const outbox: Row[] = isPrivate(config) ? [['Dev outbox 验证码', `${url}/dev/outbox`]] : []
  const people = demoAccounts.map(
    ({ phone, nickname, role }): Row => [`Demo ${phone}`, `${nickname}: ${role}`],
  )
  return [
    ['Demo room', `${url}/live/${demo.liveId}`],
    ['  stream key', demo.streamKey],
    ...outbox,
    ...people,
  ]
}

const hostOf = (url: string) => new URL(url).hostname

/** Terminal cells of a text: a Chinese character takes two. */
const cells = (text: string): number =>
  [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0)
