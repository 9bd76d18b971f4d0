import type { FreightCharge, FreightTemplate } from '@kaibo/contract/trade/freight'
import { Button } from '@kaibo/ui/control/button.tsx'
import { api } from '@kaibo/ui/data/api.tsx'
import { Badge } from '@kaibo/ui/display/badge.tsx'
import { Empty } from '@kaibo/ui/feedback/empty.tsx'
import { useT } from '@kaibo/ui/i18n.ts'
import { useFormat } from '@kaibo/ui/use-format.ts'
import { useState } from 'react'
import { type Column, DataTable } from '../../components/list/data-table.tsx'
import { usePages } from '../../components/list/use-pages.ts'
import { PageShell } from '../../components/page-shell.tsx'
import { useShortcuts } from '../../components/use-shortcuts.ts'
import { useMyShop } from '../account/workplace.tsx'
import { TemplateActions } from './template-actions.tsx'
import { TemplateDrawer } from './template-drawer.tsx'
import { freightKey } from './use-freight.ts'
import './freight.css'

type Opened = { template: FreightTemplate | null; like?: FreightTemplate }

/** What sending costs. */
export function FreightPage() {
  const t = useT()
  const shop = useMyShop()
  const [opened, setOpened] = useState<Opened | null>(null)
  const pages = usePages(freightKey(shop.id), async () => ({
    ...(await api.freight.list({ shopId: shop.id })),
    next: null,
  }))
  const columns = useFreightColumns()
  const add = () => setOpened({ template: null })
  useShortcuts({ n: add })
  const template = opened?.template ?? null
  const close = () => setOpened(null)
  return (
    <PageShell
      title={t('freight.title')}
      hint={t('freight.hint')}
      actions={
        <Button tone="primary" icon="plus" onClick={add}>
          {t('freight.new')}
        </Button>
      }
    >
      <DataTable
        label={t('freight.title')}
        pages={pages}
        columns={columns}
        rowKey={row => row.id}
        rowName={row => row.name}
        card={row => <div className="k-stack">{columns.map(column => column.cell(row))}</div>}
        onOpen={row => setOpened({ template: row })}
        empty={<Empty icon="truck" title={t('freight.empty')} />}
      />
      {opened && (
        <TemplateDrawer
          key={`${template?.id} ${opened.like?.id}`}
          {...opened}
          actions={
            template && (
              <TemplateActions
                template={template}
                onCopy={() => setOpened({ template: null, like: template })}
                onClose={close}
              />
            )
          }
          onClose={close}
        />
      )}
    </PageShell>
  )
}

function useFreightColumns(): Column<FreightTemplate>[] {
  const t = useT()
  const format = useFormat()
  const chargeText = (charge: FreightCharge | null, unit: string) =>
    charge === null
      ? t('freight.none')
      : [
          `${charge.firstUnits} ${unit} ${format.fen(charge.firstFen)}`,
          `+${charge.furtherUnits} ${unit} ${format.fen(charge.furtherFen)}`,
        ].join(' · ')
  return [
    {
      key: 'name',
      title: t('freight.name'),
      cell: row => (
        <span key="name" className="template-name">
          {row.name} {row.isDefault && <Badge tone="info">{t('freight.isDefault')}</Badge>}
        </span>
      ),
    },
    {
      key: 'chargeBy',
      title: t('freight.column.chargeBy'),
      cell: row => <span key="by">{t(`freight.chargeBy.${row.chargeBy}`)}</span>,
    },
    {
      key: 'elsewhere',
      title: t('freight.column.elsewhere'),
      cell: row => (
        <span key="charge" className="k-num">
          {chargeText(row.elsewhere, t(`freight.unit.${row.chargeBy}`))}
        </span>
      ),
    },
    {
      key: 'regions',
      title: t('freight.column.regions'),
      cell: row => (
        <span key="rules">{t('freight.regionsCount', { count: row.rules.length })}</span>
      ),
    },
    {
      key: 'updatedAt',
      title: t('freight.column.updatedAt'),
      cell: row => (
        <span key="at" className="k-muted k-num">
          {format.dateTime(row.updatedAt)} · {t('freight.version', { version: row.version })}
        </span>
      ),
    },
  ]
}
