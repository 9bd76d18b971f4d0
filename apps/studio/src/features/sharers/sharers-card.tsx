import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import './sharers.css'

/** Who shared a session, who came by their links and what was bought; nothing when nobody shared it. */
export function SharersCard({ shopId, liveId }: { shopId: string; liveId: string }) {
  const t = useT()
  const format = useFormat()
  const shares = useQueryOf(['shares', shopId, liveId], () =>
    api.share.ofRoom({ shopId, id: liveId }),
  )
  const items = shares.data?.items ?? []
  if (items.length === 0) return null
  return (
    <section className="k-card sharers">
      <h2>{t('sharers.title')}</h2>
      <table>
        <thead>
          <tr>
            <th scope="col">{t('sharers.sharer')}</th>
            <th scope="col">{t('sharers.visitors')}</th>
            <th scope="col">{t('sharers.orders')}</th>
            <th scope="col">{t('sharers.amount')}</th>
          </tr>
        </thead>
        <tbody>
          {items.map(({ sharer, visitorCount, orderCount, amountFen }) => (
            <tr key={sharer.id}>
              <th scope="row">
                <span className="sharers-name">
                  <Avatar name={sharer.nickname} src={sharer.avatarUrl} size={28} />
                  <span className="k-clamp">{sharer.nickname}</span>
                </span>
              </th>
              <td className="k-num">{format.count(visitorCount)}</td>
              <td className="k-num">{format.count(orderCount)}</td>
              <td className="k-num">{format.fen(amountFen)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="k-muted">{t('sharers.hint')}</p>
    </section>
  )
}
