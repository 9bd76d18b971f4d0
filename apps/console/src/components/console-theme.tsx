import { type Language, useLanguage } from '@kaibo/ui/i18n.ts'
import { ConfigProvider, type ThemeConfig } from 'antd'
import type { Locale } from 'antd/es/locale'
import { type ReactNode, useEffect, useState } from 'react'

/** Dresses antd in Kaibo's tokens and lets it speak the page's language. */
export function ConsoleTheme({ children }: { children: ReactNode }) {
  const [theme] = useState(themeOfTokens)
  const locale = useAntdLocale()
  return (
    <ConfigProvider theme={theme} {...(locale ? { locale } : {})}>
      {children}
    </ConfigProvider>
  )
}

const loadLocale = async (language: Language): Promise<Locale> =>
  (language === 'en' ? await import('antd/es/locale/en_US') : await import('antd/es/locale/zh_CN'))
    .default

function useAntdLocale(): Locale | undefined {
  const [language] = useLanguage()
  const [locale, setLocale] = useState<Locale>()
  useEffect(() => {
    let isCurrent = true
    void loadLocale(language).then(loaded => {
      if (isCurrent) setLocale(loaded)
    })
    return () => {
      isCurrent = false
    }
  }, [language])
  return locale
}

/** antd computes shades from its seeds, so it needs the colours themselves and not the variables. */
function themeOfTokens(): ThemeConfig {
  const styles = getComputedStyle(document.documentElement)
  const token = (name: string) => styles.getPropertyValue(`--${name}`).trim()
  return {
    token: {
      colorPrimary: token('accent'),
      colorLink: token('accent-text'),
      colorError: token('danger'),
      colorWarning: token('warning'),
      colorSuccess: token('success'),
      colorInfo: token('info'),
      colorText: token('text'),
      colorTextSecondary: token('text-muted'),
      colorTextTertiary: token('text-faint'),
      colorTextPlaceholder: token('text-faint'),
      colorBgLayout: token('bg'),
      colorBgContainer: token('surface'),
      colorBgElevated: token('raised'),
      colorBgMask: token('backdrop'),
      colorBorder: token('line-strong'),
      colorBorderSecondary: token('line'),
      colorSplit: token('line'),
      controlItemBgHover: token('hover'),
      controlItemBgActive: token('accent-soft'),
      controlItemBgActiveHover: token('accent-soft'),
      boxShadow: token('shadow-m'),
      boxShadowSecondary: token('shadow-l'),
      fontFamily: token('font-sans'),
      fontSize: 14,
      controlHeight: 40,
      borderRadius: 10,
      borderRadiusLG: 18,
    },
    components: {
      Table: {
        headerBg: token('bg'),
        headerColor: token('text-muted'),
        headerSplitColor: 'transparent',
        rowHoverBg: token('bg'),
        rowSelectedBg: token('accent-soft'),
        rowSelectedHoverBg: token('accent-soft'),
        cellPaddingBlock: 14,
      },
    },
  }
}
