import type { QualificationDocument } from '@kaibo/contract/qualification'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Image } from 'antd'
import type { Column } from '../../components/list/data-table.tsx'

const tones = {
  pending: 'info',
  valid: 'success',
  expiring: 'warning',
  expired: 'danger',
  rejected: 'danger',
} as const

/** What everybody who looks at a document sees of it. */
export function useColumns(): Column<QualificationDocument>[] {
  const t = useT()
  return [
    {
      key: 'type',
      title: t('documents.type'),
      cell: ({ typeName, number }) => (
        <div className="document-name">
          <b>{typeName}</b>
          <small className="k-muted">{number}</small>
        </div>
      ),
    },
    {
      key: 'files',
      title: t('documents.files'),
      cell: ({ fileUrls }) => (
        <Image.PreviewGroup>
          <span className="document-files">
            {fileUrls.map((url, index) => (
              <Image
                key={url}
                src={url}
                width={48}
                height={48}
                alt={t('documents.file', { number: index + 1 })}
              />
            ))}
          </span>
        </Image.PreviewGroup>
      ),
    },
    {
      key: 'expires',
      title: t('documents.expires'),
      cell: ({ expiresOn }) => <span className="k-num">{expiresOn ?? t('documents.endless')}</span>,
    },
    {
      key: 'standing',
      title: t('documents.standing'),
      cell: document => <Standing document={document} />,
    },
  ]
}

/** How it counts today, and why. */
export function Standing({ document }: { document: QualificationDocument }) {
  const t = useT()
  const { standing, daysLeft, reason } = document
  return (
    <div className="document-name">
      <Badge tone={tones[standing]}>{t(`documents.standingOf.${standing}`)}</Badge>
      {standing === 'expiring' && daysLeft !== null && (
        <small className="k-muted">{t('documents.daysLeft', { count: daysLeft })}</small>
      )}
      {reason !== '' && <small className="k-muted">{reason}</small>}
    </div>
  )
}
