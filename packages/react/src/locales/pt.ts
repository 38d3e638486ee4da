import { choiceOf, pluralsOf } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('pt');
const list = choiceOf('pt');
const number = (count: number): string => plural(count, { other: '#' });
const files = (count: number): string => plural(count, { one: '# arquivo', other: '# arquivos' });

const misunderstood = {
  title: 'Não foi possível combinar o envio',
  message: 'Esta página e o seu servidor de envios não se entenderam.',
  hint: 'Recarregue a página. Se continuar, avise o responsável pela página.',
};
const gone = {
  title: 'O envio já não existe',
  message: 'O armazenamento já não conhece este envio; pode ter sido limpo.',
  hint: 'Tente de novo para enviar o arquivo outra vez.',
};
const incomplete = {
  title: 'O arquivo não chegou inteiro',
  message: 'O que chegou ao armazenamento não é igual ao arquivo escolhido.',
  hint: 'Tente de novo para enviá-lo outra vez.',
};

/** Portuguese. */
export const portuguese: Strings = {
  locale: 'pt',
  chooseFiles: 'Escolher arquivos',
  chooseFolder: 'Escolher uma pasta',
  dropHere: 'Solte aqui arquivos ou pastas',
  dropNow: 'Solte para adicionar',
  uploads: 'Envios',
  pauseAll: 'Pausar tudo',
  resumeAll: 'Retomar tudo',
  retryAll: 'Repetir os que falharam',
  cancelAll: 'Cancelar tudo',
  clear: 'Remover os concluídos',
  start: 'Enviar',
  dismiss: 'Fechar',
  pause: (name) => `Pausar ${name}`,
  resume: (name) => `Retomar ${name}`,
  retry: (name) => `Tentar de novo ${name}`,
  cancel: (name) => `Cancelar ${name}`,
  remove: (name) => `Remover ${name} da lista`,
  retryShort: 'Tentar de novo',
  resumeShort: 'Retomar',
  progressOf: (name) => `Progresso de ${name}`,
  totalProgress: 'Progresso de todos os arquivos',
  status: {
    queued: 'À espera',
    resuming: 'Retomando o envio',
    uploading: 'Enviando',
    retrying: 'Interrompido, nova tentativa',
    offline: 'Sem conexão',
    paused: 'Pausado',
    verifying: 'Tudo enviado, conferindo o arquivo',
    complete: 'Enviado',
    failed: 'Não enviado',
    canceled: 'Cancelado',
  },
  loadedOf: (loaded, total) => `${loaded} de ${total}`,
  timeLeft: (duration) => `faltam ${duration}`,
  unseen: 'Enviando; não há progresso para mostrar',
  retryingIn: (duration) => `Interrompido, nova tentativa em ${duration}`,
  resumingFrom: (percent) => `Retomando em ${percent}`,
  offlineHint: 'Sem conexão. O envio continua sozinho quando ela voltar.',
  pausedAt: (percent) => `Pausado em ${percent}`,
  failedTitle: 'Não enviado',
  uploadingCount: (done, total) => `${number(done)} de ${files(total)} enviados`,
  allComplete: (count) => plural(count, { one: '# arquivo enviado', other: '# arquivos enviados' }),
  finishedWithFailures: (done, failed) =>
    done === 0
      ? plural(failed, { one: '# arquivo não enviado', other: '# arquivos não enviados' })
      : `${plural(done, { one: '# arquivo enviado', other: '# arquivos enviados' })}, ${number(failed)} não`,
  pausedCount: (count) => plural(count, { one: '# arquivo pausado', other: '# arquivos pausados' }),
  waitingCount: (count) => plural(count, { one: '# arquivo pronto', other: '# arquivos prontos' }),
  limitSize: (size) => `até ${size} cada`,
  limitCount: (count) => `no máximo ${files(count)}`,
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} tem ${size}. O limite é ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} tem só ${size}. O mínimo é ${limit}.`,
  refusedType: (name, types) => `${name} não é de um tipo aceito aqui. Escolha ${list(types)}.`,
  refusedDuplicate: (name) => `${name} já está na lista.`,
  refusedCount: (limit) => `No máximo ${files(limit)} de cada vez. Escolha menos ou remova alguns da lista.`,
  refusedSecond: (name) => `Só pode haver um arquivo, e ${name} está na lista.`,
  replaceWith: (name) => `Usar ${name} no lugar`,
  refusedTotalSize: (limit) => `Juntos, os arquivos passam de ${limit}. Escolha menos.`,
  refusedUnreadable: (name) => `Não foi possível ler ${name}. Veja se ainda existe e se você pode abri-lo.`,
  refusedNothing: 'Não havia arquivos no que você soltou. A pasta está vazia?',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore: (count) => plural(count, { other: 'E mais #.' }),
  saidStarted: (count, name) => `Enviando ${count === 1 ? name : files(count)}.`,
  saidComplete: (count, name) =>
    count === 1 ? `${name} foi enviado.` : plural(count, { other: '# arquivos foram enviados.' }),
  saidFailed: (name, message, hint) => `${name} não foi enviado. ${message} ${hint}`.trim(),
  saidFailedCount: (count) => plural(count, { other: '# arquivos não foram enviados.' }),
  saidOffline: 'Sem conexão. Os envios continuam sozinhos quando ela voltar.',
  saidOnline: 'Os envios continuam.',
  unfinishedTitle: (count) => plural(count, { one: '# envio por terminar', other: '# envios por terminar' }),
  unfinishedFacts: (size, ago) => `${size}, começado ${ago}`,
  unfinishedPick: 'Para continuar, escolha o mesmo arquivo outra vez.',
  continueUpload: (name) => `Continuar ${name}`,
  continueShort: 'Continuar',
  discardUpload: (name) => `Descartar ${name}`,
  discardShort: 'Descartar',
  formRequired: 'Adicione um arquivo.',
  formUnfinished: 'Espere o envio terminar ou cancele-o.',
  formFailed: 'Um arquivo não foi enviado. Tente de novo ou remova-o da lista.',
  errors: {
    'no-progress': {
      title: 'A conexão não aguentou',
      message: 'O envio não avançou por muito tempo, porque o armazenamento não respondia.',
      hint: 'Verifique a sua conexão e tente de novo. O que já foi enviado fica guardado.',
    },
    'server-refused': {
      title: 'O arquivo não foi aceito',
      message: 'O servidor de envios recusou o arquivo.',
      hint: 'Escolha outro arquivo ou pergunte ao responsável pela página.',
    },
    'store-refused': {
      title: 'O armazenamento recusou o arquivo',
      message: 'O armazenamento recusou o envio.',
      hint: 'Tente mais tarde. Se continuar, avise o responsável pela página.',
    },
    'file-unreadable': {
      title: 'Não é possível ler o arquivo',
      message: 'Pode ter sido movido, alterado ou apagado desde que foi escolhido.',
      hint: 'Escolha o arquivo outra vez.',
    },
    'file-changed': {
      title: 'O arquivo não é o mesmo',
      message: 'Não é o arquivo cujo envio começou, ou ele mudou desde então.',
      hint: 'Para enviá-lo como está agora, adicione-o de novo. Para continuar o envio que começou, escolha o arquivo como era.',
    },
    'remote-refused': {
      title: 'O arquivo está em outro serviço',
      message: 'Esta página não pode buscá-lo lá.',
      hint: 'Baixe-o para o seu dispositivo e adicione-o a partir dele.',
    },
    'remote-failed': {
      title: 'Não foi possível buscar o arquivo',
      message: 'O serviço que o guarda, ou o caminho a partir dele, falhou.',
      hint: 'Toque em tentar novamente. Se continuar, baixe o arquivo para o seu dispositivo e adicione-o a partir dele.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'O armazenamento não está pronto para envios',
      message: 'O armazenamento aceitou uma parte, mas a página não pôde ler o cabeçalho ETag.',
      hint: 'Diga ao responsável pela página: as regras CORS devem listar ETag em ExposeHeaders.',
    },
    'store-unreadable': {
      title: 'Esta página não pode usar o armazenamento',
      message: 'O armazenamento está acessível, mas esta página não pode ler as respostas dele.',
      hint: 'Avise o responsável por esta página; o console do navegador diz mais.',
    },
    'gateway-refused': {
      title: 'Algo no caminho recusou o envio',
      message: 'Algo entre esta página e o armazenamento recusou o envio.',
      hint: 'Tente novamente ou use outra rede. Se continuar, avise o responsável por esta página.',
    },
    'invalid-answer': {
      title: 'Há algo no meio',
      message: 'A resposta não veio do servidor de envios. Talvez a sua rede peça um login.',
      hint: 'Abra outra página para ver se a rede pede um login e tente de novo.',
    },
    'app-callback': {
      title: 'Não foi possível preparar o envio',
      message: 'A página não conseguiu preparar o envio.',
      hint: 'Tente de novo. Se continuar, avise o responsável pela página.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'Você não pode enviar aqui',
      message: 'Você não fez login ou não tem permissão.',
      hint: 'Faça login outra vez e tente de novo.',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: 'O envio demorou demais',
      message: 'A permissão para este envio expirou.',
      hint: 'Remova o arquivo da lista e adicione-o outra vez.',
    },
    'place-refused': {
      title: 'Você não pode mais enviar para lá',
      message: 'Este envio vai para um lugar onde você não tem mais permissão para gravar.',
      hint: 'Remova o arquivo da lista e adicione-o outra vez.',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: 'O nome já existe',
      message: 'Já há um arquivo com este nome, e ele não é substituído.',
      hint: 'Mude o nome do arquivo e adicione-o outra vez.',
    },
    'too-large': {
      title: 'O arquivo é grande demais',
      message: 'O arquivo é maior do que o permitido aqui.',
      hint: 'Escolha um arquivo menor.',
    },
    'too-small': {
      title: 'O arquivo é pequeno demais',
      message: 'O arquivo é menor do que o permitido aqui. Talvez esteja vazio.',
      hint: 'Verifique o arquivo e escolha-o outra vez.',
    },
    'too-many-files': {
      title: 'Arquivos demais',
      message: 'Foram enviados mais arquivos de uma vez do que o permitido.',
      hint: 'Escolha menos arquivos.',
    },
    'quota-exceeded': {
      title: 'Não há mais espaço',
      message: 'O arquivo ocuparia mais espaço do que lhe resta.',
      hint: 'Apague algo ou escolha um arquivo menor.',
    },
    'type-refused': {
      title: 'Este tipo não é aceito',
      message: 'Arquivos deste tipo não são aceitos aqui, ou o arquivo não é o que o nome diz.',
      hint: 'Escolha um arquivo de outro tipo.',
    },
    'scan-refused': {
      title: 'O arquivo não é seguro',
      message: 'Algo nocivo foi encontrado neste arquivo, e ele não foi mantido.',
      hint: 'Verifique o arquivo com um antivírus antes de escolhê-lo de novo.',
    },
    'rate-limited': {
      title: 'Envios demais de uma vez',
      message: 'O servidor de envios recebe pedidos demais.',
      hint: 'Espere um minuto e tente de novo.',
    },
    internal: {
      title: 'O servidor de envios tem um problema',
      message: 'Algo deu errado no servidor de envios.',
      hint: 'Tente de novo. Se continuar, avise o responsável pela página.',
    },
    'store-unavailable': {
      title: 'O armazenamento não responde',
      message: 'O servidor de envios não conseguiu chegar ao armazenamento.',
      hint: 'Espere um minuto e tente de novo.',
    },
  },
};
