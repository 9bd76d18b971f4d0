import type { QualificationDocument } from '@kaibo/contract/goods/qualification'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { Image } from 'antd'
import type { ReactNode } from 'react'
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
      cell: document => <Name document={document} />,
    },
    {
      key: 'files',
      title: t('documents.files'),
      cell: document => <Files document={document} />,
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

type DocumentProps = { document: QualificationDocument }

/** The same where there is no room for columns. */
export function DocumentCard({ document, children }: DocumentProps & { children: ReactNode }) {
  const t = useT()
  const { expiresOn } = document
  return (
    <div className="k-stack" style={{ '--gap': 'var(--space-3)' }}>
      <div className="card-line">
        <Name document={document} />
        <Files document={document} />
      </div>
      <Standing document={document} />
      <div className="card-line">
        <span className="k-muted k-num">
          {expiresOn ? `${t('documents.expires')} ${expiresOn}` : t('documents.endless')}
        </span>
        {children}
      </div>
    </div>
  )
}

const Name = ({ document: { typeName, number } }: DocumentProps) => (
  <div className="document-name">
    <b>{typeName}</b>
    <small className="k-muted">{number}</small>
  </div>
)

function Files({ document: { fileUrls } }: DocumentProps) {
  const t = useT()
  return (
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
  )
}

/** How it counts today, and why. */
export function Standing({ document }: DocumentProps) {
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
