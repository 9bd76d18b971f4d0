import type { Person } from '@kaibo/contract/people/account'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { SkeletonList } from '@kaibo/ui/feedback/skeleton.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useState } from 'react'
import { QueryError } from '../../shell/query-error.tsx'
import { StudioPage } from '../../shell/studio-page.tsx'
import { may } from '../account/model.ts'
import { useMyShop } from '../account/my-shop.tsx'
import { AppointDialog } from '../guard/appoint-dialog.tsx'
import { teamKey } from '../guard/keys.ts'
import { MemberRow } from './member-row.tsx'
import { PeopleWhoWrote } from './people-who-wrote.tsx'
import './team.css'

/** Who works in the rooms of the shop; hosts appoint assistants and moderators here. */
export function TeamPage() {
  const t = useT()
  const shop = useMyShop()
  const [chosen, setChosen] = useState<Person | null>(null)
  const team = useQueryOf(teamKey(shop.id), () => api.moderation.team({ shopId: shop.id }))
  const isHost = may(shop, 'live.host')
  return (
    <StudioPage title={t('team.title')} back="/">
      <div className="team">
        <p className="k-muted">{t('team.hint')}</p>
        {!team.data && (team.error ? <QueryError of={team} /> : <SkeletonList rows={4} />)}
        {team.data && (
          <ul className="team-rows">
            {team.data.items.map(member => (
              <MemberRow
                key={member.person.id}
                shopId={shop.id}
                member={member}
                canChange={isHost}
                onChange={setChosen}
              />
            ))}
          </ul>
        )}
        {team.data && isHost && (
          <PeopleWhoWrote
            shopId={shop.id}
            without={team.data.items.map(({ person }) => person.id)}
            onChoose={setChosen}
          />
        )}
      </div>
      <AppointDialog shopId={shop.id} person={chosen} onClose={() => setChosen(null)} />
    </StudioPage>
  )
}
