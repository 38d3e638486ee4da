import type { DiagnosticsExport } from '@portage/uppy';

/** Why a file went to its region. */
type Why = NonNullable<DiagnosticsExport['region']>['why'];

/** What the view of diagnostics says of regions, where a server has several. */
export interface RegionWords {
  readonly title: string;
  /** Of the region that the file went to. */
  chosen(name: string, why: string): string;
  readonly why: Readonly<Record<Why, string>>;
  /** Regions where it was before. */
  left(names: string): string;
  readonly columns: readonly [region: string, roundTrip: string, estimate: string];
  /** How many requests the page made to measure them. */
  probes(count: string): string;
}

/** By language. */
export const REGION_WORDS: Readonly<Record<string, RegionWords>> = {
  en: {
    title: 'Regions',
    chosen: (name, why) => `Region ${name}: ${why}.`,
    why: {
      server: 'the server put it first',
      'round-trip': 'it is the nearest one',
      goodput: 'it was faster than the nearest one',
      'others-down': 'the ones before it were out of reach',
      resumed: 'the upload started there',
    },
    left: (names) => `Left on the way, because it was out of reach: ${names}.`,
    columns: ['Region', 'Round trip', 'This file would take'],
    probes: (count) => `Requests to measure them: ${count}.`,
  },
  de: {
    title: 'Regionen',
    chosen: (name, why) => `Region ${name}: ${why}.`,
    why: {
      server: 'der Server hat sie als erste genannt',
      'round-trip': 'sie ist die nächste',
      goodput: 'sie war schneller als die nächste',
      'others-down': 'die davor waren nicht erreichbar',
      resumed: 'der Upload wurde dort begonnen',
    },
    left: (names) => `Unterwegs verlassen, weil nicht erreichbar: ${names}.`,
    columns: ['Region', 'Hin und zurück', 'Diese Datei bräuchte'],
    probes: (count) => `Anfragen zum Messen: ${count}.`,
  },
  fr: {
    title: 'Régions',
    chosen: (name, why) => `Région ${name}\u202f: ${why}.`,
    why: {
      server: 'le serveur l’a mise en premier',
      'round-trip': 'c’est la plus proche',
      goodput: 'elle était plus rapide que la plus proche',
      'others-down': 'celles d’avant étaient injoignables',
      resumed: 'l’envoi y avait commencé',
    },
    left: (names) => `Quittée en route, car injoignable\u202f: ${names}.`,
    columns: ['Région', 'Aller-retour', 'Durée pour ce fichier'],
    probes: (count) => `Requêtes pour les mesurer\u202f: ${count}.`,
  },
  es: {
    title: 'Regiones',
    chosen: (name, why) => `Región ${name}: ${why}.`,
    why: {
      server: 'el servidor la puso primero',
      'round-trip': 'es la más cercana',
      goodput: 'fue más rápida que la más cercana',
      'others-down': 'no se podía llegar a las anteriores',
      resumed: 'la subida empezó allí',
    },
    left: (names) => `Se dejó por el camino, porque no se podía llegar: ${names}.`,
    columns: ['Región', 'Ida y vuelta', 'Este archivo tardaría'],
    probes: (count) => `Solicitudes para medirlas: ${count}.`,
  },
  pt: {
    title: 'Regiões',
    chosen: (name, why) => `Região ${name}: ${why}.`,
    why: {
      server: 'o servidor a pôs em primeiro lugar',
      'round-trip': 'é a mais próxima',
      goodput: 'foi mais rápida do que a mais próxima',
      'others-down': 'as anteriores estavam fora de alcance',
      resumed: 'o envio começou lá',
    },
    left: (names) => `Deixada no caminho, por estar fora de alcance: ${names}.`,
    columns: ['Região', 'Ida e volta', 'Este arquivo levaria'],
    probes: (count) => `Pedidos para medi-las: ${count}.`,
  },
  ja: {
    title: 'リージョン',
    chosen: (name, why) => `リージョン ${name}：${why}。`,
    why: {
      server: 'サーバーが最初に挙げました',
      'round-trip': '最も近いためです',
      goodput: '最も近いリージョンより高速でした',
      'others-down': '先のリージョンに接続できませんでした',
      resumed: 'アップロードはここで始まりました',
    },
    left: (names) => `接続できず、途中で離れたリージョン：${names}`,
    columns: ['リージョン名', '往復時間', 'このファイルの所要時間'],
    probes: (count) => `測定のためのリクエスト：${count}`,
  },
  zh: {
    title: '区域',
    chosen: (name, why) => `区域 ${name}：${why}。`,
    why: {
      server: '服务器将其排在首位',
      'round-trip': '它距离最近',
      goodput: '它比最近的区域更快',
      'others-down': '排在前面的区域无法访问',
      resumed: '上传是在那里开始的',
    },
    left: (names) => `因无法访问而中途离开：${names}。`,
    columns: ['区域名称', '往返时间', '此文件预计用时'],
    probes: (count) => `用于测量的请求：${count}。`,
  },
  ar: {
    title: 'المناطق',
    chosen: (name, why) => `المنطقة ${name}: ${why}.`,
    why: {
      server: 'وضعها الخادم أولًا',
      'round-trip': 'هي الأقرب',
      goodput: 'كانت أسرع من الأقرب',
      'others-down': 'تعذّر الوصول إلى ما قبلها',
      resumed: 'بدأ الرفع فيها',
    },
    left: (names) => `تُركت في الطريق لتعذّر الوصول إليها: ${names}.`,
    columns: ['المنطقة', 'ذهابًا وإيابًا', 'المدة لهذا الملف'],
    probes: (count) => `طلبات القياس: ${count}.`,
  },
};

/** In the language of a tag such as `pt-BR`; in English where there is none. */
export const regionWordsIn = (locale: string): RegionWords =>
  REGION_WORDS[locale.split('-', 1)[0]?.toLowerCase() ?? ''] ?? (REGION_WORDS['en'] as RegionWords);
