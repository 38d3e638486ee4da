import { choiceOf, pluralsOf, type Speaker } from '../text/plural.ts';
import type { Strings } from '../text/strings.ts';

const plural = pluralsOf('pt');
const list = choiceOf('pt');
const number = (count: number, by: Speaker): string => plural(count, { other: '#' }, by);
const files = (count: number, by: Speaker): string =>
  plural(count, { one: '# arquivo', many: '# de arquivos', other: '# arquivos' }, by);
const sent = (count: number, by: Speaker): string =>
  plural(count, { one: '# arquivo enviado', many: '# de arquivos enviados', other: '# arquivos enviados' }, by);

const misunderstood = {
  title: 'Não foi possível iniciar o envio',
  message: 'Esta página e o servidor de envios não são compatíveis.',
  hint: 'Recarregue a página. Se o problema continuar, avise o responsável pela página.',
};
const gone = {
  title: 'O envio não existe mais',
  message: 'Este envio não está mais no armazenamento. Pode ter sido removido.',
  hint: 'Tente de novo para reenviar o arquivo.',
};
const incomplete = {
  title: 'O arquivo chegou incompleto',
  message: 'O que chegou ao armazenamento não corresponde ao arquivo escolhido.',
  hint: 'Tente de novo para reenviar o arquivo.',
};

/** Portuguese, as in Brazil. */
export const portuguese: Strings = {
  locale: 'pt',
  chooseFiles: 'Escolher arquivos',
  chooseFolder: 'Escolher uma pasta',
  dropHere: 'Solte aqui arquivos ou pastas',
  dropNow: 'Solte para adicionar',
  uploads: 'Envios',
  pauseAll: 'Pausar tudo',
  resumeAll: 'Retomar tudo',
  retryAll: 'Tentar de novo os que falharam',
  cancelAll: 'Cancelar tudo',
  clear: 'Remover os concluídos',
  start: 'Enviar',
  dismiss: 'Fechar',
  pause: (name) => `Pausar ${name}`,
  resume: (name) => `Retomar ${name}`,
  retry: (name) => `Tentar de novo: ${name}`,
  cancel: (name) => `Cancelar ${name}`,
  remove: (name) => `Remover ${name} da lista`,
  retryShort: 'Tentar de novo',
  resumeShort: 'Retomar',
  progressOf: (name) => `Progresso de ${name}`,
  totalProgress: 'Progresso de todos os arquivos',
  status: {
    queued: 'Na fila',
    preparing: 'Preparando',
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
  timeLeft: (duration) => `tempo restante: ${duration}`,
  unseen: 'Enviando; não é possível mostrar o progresso',
  networkAsked: 'O navegador pergunta se esta página pode acessar a sua rede local: permita',
  passedOn: 'Enviado, indo para o armazenamento',
  retryingIn: (duration) => `Interrompido, nova tentativa em ${duration}`,
  resumingFrom: (percent) => `Retomando a partir de ${percent}`,
  offlineHint: 'Sem conexão. O envio continua sozinho quando ela voltar.',
  pausedAt: (percent) => `Pausado em ${percent}`,
  failedTitle: 'Não enviado',
  uploadingCount(done, total) {
    return `${number(done, this)} de ${sent(total, this)}`;
  },
  allComplete(count) {
    return sent(count, this);
  },
  finishedWithFailures(done, failed) {
    return done === 0
      ? plural(
          failed,
          {
            one: '# arquivo não enviado',
            many: '# de arquivos não enviados',
            other: '# arquivos não enviados',
          },
          this,
        )
      : `${sent(done, this)}, ${number(failed, this)} não`;
  },
  pausedCount(count) {
    return plural(
      count,
      { one: '# arquivo pausado', many: '# de arquivos pausados', other: '# arquivos pausados' },
      this,
    );
  },
  waitingCount(count) {
    return plural(count, { one: '# arquivo pronto', many: '# de arquivos prontos', other: '# arquivos prontos' }, this);
  },
  limitSize: (size) => `até ${size} por arquivo`,
  limitCount(count) {
    return `no máximo ${files(count, this)}`;
  },
  types: {
    image: 'imagens',
    video: 'vídeos',
    audio: 'áudio',
    text: 'arquivos de texto',
    font: 'fontes',
    word: 'documentos do Word',
    excel: 'planilhas do Excel',
    powerpoint: 'apresentações do PowerPoint',
  },
  limitTypes: (types) => list(types),
  refusedSize: (name, size, limit) => `${name} tem ${size}. O limite é ${limit}.`,
  refusedTooSmall: (name, size, limit) => `${name} tem só ${size}. O mínimo é ${limit}.`,
  refusedType: (name, types) => `Arquivos como ${name} não são aceitos aqui. Escolha ${list(types)}.`,
  refusedDuplicate: (name) => `${name} já está na lista.`,
  refusedCount(limit) {
    return `No máximo ${files(limit, this)} de cada vez. Escolha menos ou remova alguns da lista.`;
  },
  refusedSecond: (name) => `Só pode haver um arquivo, e ${name} já está na lista.`,
  replaceWith: (name) => `Usar ${name} em vez disso`,
  refusedTotalSize: (limit) => `Juntos, os arquivos passam de ${limit}. Escolha menos.`,
  refusedUnreadable: (name) => `Não foi possível ler ${name}. Veja se o arquivo ainda existe e se você pode abri-lo.`,
  refusedNothing: 'Nenhum arquivo encontrado. A pasta está vazia?',
  refusedOther: (name, message) => (name ? `${name}: ${message}` : message),
  refusedMore(count) {
    return plural(count, { other: 'E mais #.' }, this);
  },
  saidStarted(count, name) {
    return `Enviando ${count === 1 ? name : files(count, this)}.`;
  },
  saidComplete(count, name) {
    return count === 1 ? `${name} foi enviado.` : `${sent(count, this)}.`;
  },
  saidFailed: (name, message, hint) => `${name} não foi enviado. ${message} ${hint}`.trim(),
  saidFailedCount(count) {
    return plural(
      count,
      {
        one: '# arquivo não foi enviado.',
        many: '# de arquivos não foram enviados.',
        other: '# arquivos não foram enviados.',
      },
      this,
    );
  },
  saidOffline: 'Sem conexão. Os envios continuam sozinhos quando ela voltar.',
  saidOnline: 'A conexão voltou. Os envios continuam.',
  unfinishedTitle(count) {
    return plural(
      count,
      {
        one: '# envio não concluído',
        many: '# de envios não concluídos',
        other: '# envios não concluídos',
      },
      this,
    );
  },
  unfinishedFacts: (size, ago) => `${size}, iniciado ${ago}`,
  unfinishedPick: 'Para continuar, escolha o mesmo arquivo de novo.',
  continueUpload: (name) => `Continuar ${name}`,
  continueShort: 'Continuar',
  discardUpload: (name) => `Descartar ${name}`,
  discardShort: 'Descartar',
  formRequired: 'Adicione um arquivo.',
  formUnfinished: 'Espere o envio terminar ou cancele-o.',
  formFailed: 'Um arquivo não foi enviado. Tente de novo ou remova-o da lista.',
  errors: {
    'no-progress': {
      title: 'A conexão caiu',
      message: 'O armazenamento ficou muito tempo sem responder.',
      hint: 'Verifique a sua conexão e tente de novo. O que já foi enviado não se perde.',
    },
    'server-refused': {
      title: 'O arquivo não foi aceito',
      message: 'O servidor de envios recusou o arquivo.',
      hint: 'Escolha outro arquivo ou pergunte ao responsável pela página.',
    },
    'store-refused': {
      title: 'Não foi possível guardar o arquivo',
      message: 'O armazenamento o recusou.',
      hint: 'Tente de novo mais tarde. Se o problema continuar, avise o responsável pela página.',
    },
    'file-unreadable': {
      title: 'Não é possível ler o arquivo',
      message: 'Pode ter sido movido, alterado ou apagado desde que foi escolhido.',
      hint: 'Escolha o arquivo de novo.',
    },
    'file-changed': {
      title: 'O arquivo não é o mesmo',
      message: 'Não é o arquivo cujo envio começou, ou ele mudou desde então.',
      hint: 'Para enviá-lo como está agora, adicione-o de novo. Para continuar o envio que começou, escolha o arquivo como ele era.',
    },
    'remote-refused': {
      title: 'O arquivo está em outro serviço',
      message: 'Esta página não pode buscá-lo lá.',
      hint: 'Baixe-o para o seu dispositivo e adicione-o a partir dele.',
    },
    'remote-failed': {
      title: 'Não foi possível buscar o arquivo',
      message: 'O serviço em que ele está não o entregou.',
      hint: 'Tente de novo. Se o problema continuar, baixe o arquivo para o seu dispositivo e adicione-o a partir dele.',
    },
    corrupt: incomplete,
    'upload-gone': gone,
    'etag-hidden': {
      title: 'O armazenamento não está pronto para envios',
      message: 'O armazenamento aceitou o arquivo, mas esta página não pode ler as respostas dele.',
      hint: 'Avise o responsável pela página.',
    },
    'store-unreadable': {
      title: 'Esta página não pode usar o armazenamento',
      message: 'O armazenamento está acessível, mas esta página não pode ler as respostas dele.',
      hint: 'Avise o responsável pela página.',
    },
    'server-unreadable': {
      title: 'Esta página não pode usar o servidor de envios',
      message: 'O servidor de envios está acessível, mas esta página não pode ler as respostas dele.',
      hint: 'Avise o responsável pela página.',
    },
    'local-network-denied': {
      title: 'Esta página não pode acessar a sua rede local',
      message: 'Os arquivos vão para a sua rede local, e o navegador não deixa esta página acessá-la.',
      hint: 'Permita o acesso desta página à rede local pelo ícone antes do endereço e tente de novo.',
    },
    'gateway-refused': {
      title: 'O envio foi recusado no caminho',
      message: 'Algo entre o seu dispositivo e o armazenamento recusou o envio.',
      hint: 'Tente de novo ou use outra rede. Se o problema continuar, avise o responsável pela página.',
    },
    'too-slow': {
      title: 'A sua conexão é lenta demais',
      message:
        'Algo entre o seu dispositivo e o armazenamento interrompe cada parte do envio antes de ela chegar inteira.',
      hint: 'Tente de novo com uma conexão mais rápida. O que já foi enviado não se perde.',
    },
    'invalid-response': {
      title: 'A resposta veio de outro lugar',
      message: 'A resposta não veio do servidor de envios. Talvez a sua rede peça um login.',
      hint: 'Abra outra página para ver se a rede pede um login e tente de novo.',
    },
    'app-callback': {
      title: 'Não foi possível preparar o envio',
      message: 'Algo deu errado nesta página.',
      hint: 'Tente de novo. Se o problema continuar, avise o responsável pela página.',
    },
    'bad-request': misunderstood,
    'no-such-part': misunderstood,
    'invalid-parts': incomplete,
    unauthorized: {
      title: 'Você não pode enviar arquivos aqui',
      message: 'Você não fez login ou não tem permissão.',
      hint: 'Faça login e tente de novo.',
    },
    'invalid-token': misunderstood,
    'token-expired': {
      title: 'O envio demorou demais',
      message: 'A permissão para este envio expirou.',
      hint: 'Remova o arquivo da lista e adicione-o de novo.',
    },
    'place-refused': {
      title: 'Você não pode mais enviar arquivos para lá',
      message: 'Você não tem mais permissão para guardar este arquivo nesse lugar.',
      hint: 'Remova o arquivo da lista e adicione-o de novo.',
    },
    'origin-refused': misunderstood,
    'not-found': misunderstood,
    'no-such-upload': gone,
    'method-not-allowed': misunderstood,
    'size-mismatch': incomplete,
    'checksum-mismatch': incomplete,
    'key-taken': {
      title: 'O nome já está em uso',
      message: 'Já existe um arquivo com este nome, e ele não será substituído.',
      hint: 'Mude o nome do arquivo e adicione-o de novo.',
    },
    'name-refused': {
      title: 'Este nome não pode ser usado',
      message: 'O arquivo não pode ser salvo com este nome.',
      hint: 'Mude o nome do arquivo e adicione-o de novo.',
    },
    'too-large': {
      title: 'O arquivo é grande demais',
      message: 'O arquivo é maior do que o permitido aqui.',
      hint: 'Escolha um arquivo menor.',
    },
    'too-small': {
      title: 'O arquivo é pequeno demais',
      message: 'O arquivo é menor do que o permitido aqui. Talvez esteja vazio.',
      hint: 'Verifique o arquivo e escolha-o de novo.',
    },
    'too-many-files': {
      title: 'Arquivos demais',
      message: 'Foram enviados mais arquivos de uma vez do que o permitido.',
      hint: 'Escolha menos arquivos.',
    },
    'quota-exceeded': {
      title: 'Não há mais espaço',
      message: 'O arquivo precisa de mais espaço do que você ainda tem.',
      hint: 'Apague algo ou escolha um arquivo menor.',
    },
    'type-refused': {
      title: 'Este tipo não é aceito',
      message: 'Arquivos deste tipo não são aceitos aqui, ou o arquivo não é o que o nome diz.',
      hint: 'Escolha um arquivo de outro tipo.',
    },
    'scan-refused': {
      title: 'O arquivo não é seguro',
      message: 'Algo nocivo foi encontrado neste arquivo, e ele não foi guardado.',
      hint: 'Verifique o arquivo com um antivírus antes de escolhê-lo de novo.',
    },
    'rate-limited': {
      title: 'Envios demais ao mesmo tempo',
      message: 'O servidor de envios está recebendo pedidos demais.',
      hint: 'Espere um minuto e tente de novo.',
    },
    internal: {
      title: 'O servidor de envios tem um problema',
      message: 'Algo deu errado no servidor de envios.',
      hint: 'Tente de novo. Se o problema continuar, avise o responsável pela página.',
    },
    'store-unavailable': {
      title: 'O armazenamento não responde',
      message: 'O servidor de envios não conseguiu chegar ao armazenamento.',
      hint: 'Espere um minuto e tente de novo.',
    },
  },
};
