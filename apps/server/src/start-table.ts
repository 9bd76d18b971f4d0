import { type Config, publicUrl } from './config.ts'
import { demoAccounts } from './demo/accounts.ts'

export type StartFacts = {
  config: Config
  databaseNote: string
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
  const url = publicUrl(config)
  const rows: [string, string][] = [
    ['Shop 直播间', `${url}/`],
    ['Studio 主播', `${url}/studio/`],
    ['Console 商家', `${url}/console/`],
    ['API docs', `${url}/docs`],
    ['Database', databaseNote],
  ]
  if (demo) {
    rows.push(['Dev outbox 验证码', `${url}/dev/outbox`])
    rows.push(['Demo room', `${url}/live/${demo.liveId}`])
    rows.push(['  RTMP address', `rtmp://localhost:${config.RTMP_PORT}/live`])
    rows.push(['  stream key', demo.streamKey])
    for (const { phone, nickname, role } of demoAccounts)
      rows.push([`Demo ${phone}`, `${nickname}: ${role}`])
  }
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

/** Terminal cells of a text: a Chinese character takes two. */
const cells = (text: string): number =>
  [...text].reduce((sum, char) => sum + (char > '\u2e80' ? 2 : 1), 0)
