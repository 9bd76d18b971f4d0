import type { CheckReport } from '@kaibo/contract/trade/ledger'
import type { LiveProvider } from '@kaibo/modules/live'
import { type Config, publicUrl } from '../config.ts'

/**
 * Whether who carries the picture can be asked, and can reach us with callbacks. The embedded media
 * process ends with its server, so nothing is asked of it.
 */
export async function liveCheck(
  config: Config,
  { kind, onAir }: Pick<LiveProvider, 'kind' | 'onAir'>,
): Promise<CheckReport> {
  if (kind === 'embedded') return { ok: true, checks: [], findings: [] }
  const answers = 'the provider of the picture answers'
  const reaches = 'callbacks of the provider can come'
  const streams = await onAir()
  const findings = []
  if (!streams) {
    const found = 'no answer, or a refusal of our keys'
    findings.push({ check: answers, subject: kind, expected: 'a list of its streams', found })
  }
  const url = publicUrl(config)
  // SRS calls over the loopback or a private network, and clouds must not over anything but https.
  if (kind !== 'srs' && !url.startsWith('https://'))
    findings.push({
      check: reaches,
      subject: kind,
      expected: 'KAIBO_PUBLIC_URL of https',
      found: url,
    })
  const checks = [
    { name: answers, rows: streams?.size ?? 0 },
    { name: reaches, rows: 1 },
  ]
  return { ok: findings.length === 0, checks, findings }
}
