import type { SheetFormat } from '@kaibo/contract/goods/sheet'
import { Button, type ButtonProps } from '@kaibo/ui/control/button.tsx'
import { useLanguage, useT } from '@kaibo/ui/i18n.ts'
import { Dropdown } from 'antd'

type Download = {
  label: string
  /** Address of the file below `/api`, with what else is asked of it. */
  path: string
  query?: Readonly<Record<string, string>>
}

const formats = ['xlsx', 'csv'] as const satisfies readonly SheetFormat[]

/** Entries of a menu: a file in the format of one's choice, with headings in the page's language. */
export function useDownloads({ path, query = {} }: Omit<Download, 'label'>) {
  const t = useT()
  const [language] = useLanguage()
  return formats.map(format => {
    const wish = { ...query, format, language: language === 'en' ? 'en' : 'zh' }
    return {
      key: format,
      label: (
        <a href={`/api${path}?${new URLSearchParams(wish)}`} download>
          {t(`sheet.format.${format}`)}
        </a>
      ),
    }
  })
}

/** The same behind a button of its own. */
export function DownloadMenu({ label, size, ...file }: Download & Pick<ButtonProps, 'size'>) {
  const items = useDownloads(file)
  return (
    <Dropdown menu={{ items }} trigger={['click']}>
      <Button icon="download" size={size}>
        {label}
      </Button>
    </Dropdown>
  )
}
