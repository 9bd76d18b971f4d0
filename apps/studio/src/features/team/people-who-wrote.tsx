import type { Person } from '@kaibo/contract/people/account'
import { api } from '@kaibo/ui/data/api.tsx'
import { useQueryOf } from '@kaibo/ui/data/hooks.ts'
import { useT } from '@kaibo/ui/i18n.ts'
import { Candidate } from './candidate.tsx'
import { FindByPhone } from './find-by-phone.tsx'

/** The newest rooms whose comments are looked through. */
const roomsMax = 3

type PeopleWhoWroteProps = {
  shopId: string
  /** People of the team. */
  without: readonly string[]
  onChoose: (person: Person) => void
}

/** Whom one would appoint: people who wrote in the shop's newest rooms. */
export function PeopleWhoWrote({ shopId, without, onChoose }: PeopleWhoWroteProps) {
  const t = useT()
  const people = useQueryOf(['people-who-wrote', shopId], async () => {
    const { items } = await api.live.sessions({ shopId, limit: roomsMax })
    const rooms = await Promise.all(items.map(({ id }) => api.chat.history({ id })))
    const authors = rooms.flatMap(room => room.items.map(({ author }) => author))
    return [...new Map(authors.map(author => [author.id, author])).values()]
  })
  const candidates = people.data?.filter(({ id }) => !without.includes(id)) ?? []
  return (
    <section className="team-add">
      <h2>{t('team.add')}</h2>
      <FindByPhone shopId={shopId} without={without} onChoose={onChoose} />
      <p className="k-muted">
        {t(people.data && candidates.length === 0 ? 'team.nobody' : 'team.addHint')}
      </p>
      <ul className="team-rows">
        {candidates.map(person => (
          <Candidate key={person.id} person={person} onChoose={onChoose} />
        ))}
      </ul>
    </section>
  )
}
