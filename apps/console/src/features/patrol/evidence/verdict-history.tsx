import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { patrolKey } from '../use-patrol.ts'
import { EvidenceDrawer } from './evidence-drawer.tsx'
import { KindBadge } from './kind-badge.tsx'

const shownMax = 10

/** What was decided about a shop before. */
export function VerdictHistory({ shopId }: { shopId: string }) {
  const t = useT()
  const { dateTime } = useFormat()
  const [openId, setOpenId] = useState<string | null>(null)
  const { data } = useQueryOf([...patrolKey, 'history', shopId], () =>
    api.verdict.list({ shopId, limit: shownMax }),
  )
  if (!data) return null
  return (
    <section className="k-stack">
      <h3>{t('patrol.history')}</h3>
      {data.items.length === 0 && <p className="k-muted">{t('patrol.empty.history')}</p>}
      <ul className="patrol-lines">
        {data.items.map(verdict => (
          <li key={verdict.id}>
            <button
              type="button"
              className="patrol-history-line"
              onClick={() => setOpenId(verdict.id)}
            >
              <KindBadge kind={verdict.kind} />
              <span>{t(`patrol.reason.${verdict.reason}`)}</span>
              <span className="k-muted k-num">{dateTime(verdict.at)}</span>
            </button>
          </li>
        ))}
      </ul>
      <EvidenceDrawer id={openId} onClose={() => setOpenId(null)} />
    </section>
  )
}
