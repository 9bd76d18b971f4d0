import type { Person } from '@kaibo/contract/people/account'
import { Button } from '@kaibo/ui/control/button.tsx'
import { Avatar } from '@kaibo/ui/display/avatar.tsx'
import { useT } from '@kaibo/ui/i18n.ts'

type CandidateProps = { person: Person; onChoose: (person: Person) => void }

/** Somebody who could be appointed. */
export function Candidate({ person, onChoose }: CandidateProps) {
  const t = useT()
  return (
    <li className="team-row">
      <Avatar name={person.nickname} src={person.avatarUrl} size={40} />
      <strong className="team-words">{person.nickname}</strong>
      <Button
        size="s"
        aria-label={t('team.appointOf', { name: person.nickname })}
        onClick={() => onChoose(person)}
      >
        {t('team.appoint')}
      </Button>
    </li>
  )
}
