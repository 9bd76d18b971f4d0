import type { VerdictKind } from '@kaibo/contract/media/patrol-life'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

/** Which verdict it was. */
export function KindBadge({ kind }: { kind: VerdictKind }) {
  const t = useT()
  return <Badge tone={kind === 'warn' ? 'warning' : 'danger'}>{t(`patrol.verdict.${kind}`)}</Badge>
}
