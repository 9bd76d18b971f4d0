import { useFormat } from '@kaibo/ui/use-format.ts'
import { useNow } from '../../shell/use-now.ts'

const tickMs = 1_000

/** For how long this product has been explained. */
export function ExplainClock({ since }: { since: string }) {
  const format = useFormat()
  const nowMs = useNow(tickMs)
  return <span className="bag-clock k-num">{format.duration(nowMs - Date.parse(since))}</span>
}
