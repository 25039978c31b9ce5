import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A desktop computer's system log. */
export const desktop: Style = {
  name: 'desktop',
  header: (r, at) =>
    `${TIMES.syslog(at)} calvisitor-10-105-160-${r.int(1, 250)} ${r.own(['kernel', 'com.acme.cts', 'corecaptured', 'QQ', 'SecurityServer', 'networkd', 'com.acme.AddressBook.InternetAccountsBridge'])}[${r.int(0, 40000)}]: `,
  templates: `
    AirPort: Link Up on en{int:0-1}
    AirPort: Link Down on en{int:0-1}
    AirPort: Link Down on awdl{int:0-1}. Reason {int:1-8} (Disassociated because station leaving).
    en0: BSSID changed to {mac}
    en0: channel changed to {int:1-13}
    en0::IO80211Interface::postMessage bssid changed
    ARPT: {float}: wl0: wl_update_tcpkeep_seq: Original Seq: {big:10}, Ack: {big:10}, Win size: {int}
    ARPT: {float}: wl0: leaveModulePoweredForOffloads: Wi-Fi will stay on.
    ARPT: {float}: AirPort_Brcm43xx::powerChange: System Sleep
    ARPT: {float}: AirPort_Brcm43xx::powerChange: System Wake - Full Wake/ Dark Wake / Maintenance wake
    IOThunderboltSwitch<{int:0-1}>(0x{int:0-9})::listenerCallback - Thunderbolt HPD packet for route = 0x{int:0-9} port = {int:1-12} unplug = {int:0-1}
    PM response took {int} ms ({int}, {word})
    Bluetooth -- LE is supported - Disable LE meta event
    hibernate image path: {path}
    hibernate_page_list_setall(preflight {int:0-1}) start
    hibernate_page_list_setall time: {int} ms
    Wake reason: {ARPT (Network)|RTC (Alarm)|EC.LidOpen|?}
    Sandbox: {com.acme.WebKit|QQ|Mail}({int}) deny(1) {mach-lookup|file-read-data|network-outbound} {com.acme.distributed_notifications|{path}}
    Invoked notification with id: {uuid}
    Unexpected payload found for message {int}, dataLen {int:0-9}
    Received Capture Event
    CCFile::captureLogRun Skipping current file Dir file [{date}_{clock}]-{int}.xml, Current File [{date}_{clock}]-{int}.xml
    CCLogFile::captureLog
    doSaveChannels@286: Will write to: {path}
    Session {int} created
    Session {int} destroyed
    -[INNetworkMonitor reachabilityDidChange:] 23 {reachable|unreachable}
    BUG in libdispatch client: kevent[EVFILT_MACHPORT] monitored resource vanished before the source cancel handler was invoked
    Cocoa scripting error for '0x{hex:8}': four character codes must be four characters long.
    tcp_connection_destination_perform_socket_connect {int} connectx to {ip}:{port}@{int} failed: [{int}] {ioerr}
    tcp_connection_tls_session_error_callback_imp {int} __tcp_connection_tls_session_callback_write_block_invoke.{int} error {int}
    network changed: v4(en0-:{ip}) DNS- Proxy-
    network changed: DNS* Proxy
    [{clock}.{int:100-999}] FigAgglomeratorSetObjectForKey signalled err=-{int} ({kFigStringConformerError_ParamErr|kFigErr_NoMemory}) (NULL key) at {path} line {int}
    Basemark {name} requested {word} permission
    objc[{int}]: Class {class} is implemented in both {path} ({x}) and {path} ({x}). One of the two will be used. Which one is undefined.
  `.replace('{com.acme.distributed_notifications|{path}}', '{path}'),
};

/** A remote login daemon. */
export const loginDaemon: Style = {
  name: 'login-daemon',
  header: (r, at) => `${TIMES.syslog(at)} LabSZ sshd[${r.int(20000, 32000)}]: `,
  templates: `
    14* Failed password for {fewnames} from {ip} port {port} ssh2
    12* Failed password for invalid user {name} from {ip} port {port} ssh2
    10* Received disconnect from {ip}: 11: Bye Bye [preauth]
    8* reverse mapping checking getaddrinfo for {domain} [{ip}] failed - POSSIBLE BREAK-IN ATTEMPT!
    10* pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip} user={fewnames}
    8* pam_unix(sshd:auth): authentication failure; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}
    8* pam_unix(sshd:auth): check pass; user unknown
    6* Invalid user {name} from {ip}
    6* input_userauth_request: invalid user {name} [preauth]
    5* Connection closed by {ip} [preauth]
    4* message repeated {int:2-5} times: [ Failed password for {fewnames} from {ip} port {port} ssh2]
    4* PAM {int:1-5} more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip} user={fewnames}
    3* PAM {int:1-5} more authentication failures; logname= uid=0 euid=0 tty=ssh ruser= rhost={ip}
    3* PAM service(sshd) ignoring max retries; {int:4-6} > 3
    3* Disconnecting: Too many authentication failures for {fewnames} [preauth]
    2* Did not receive identification string from {ip}
    2* Accepted password for {fewnames} from {ip} port {port} ssh2
    2* Accepted publickey for {fewnames} from {ip} port {port} ssh2: RSA SHA256:{b64:43}
    2* pam_unix(sshd:session): session opened for user {fewnames} by (uid=0)
    2* pam_unix(sshd:session): session closed for user {fewnames}
    1* error: Received disconnect from {ip}: 3: com.jcraft.jsch.JSchException: Auth fail [preauth]
    1* Received disconnect from {ip}: 11: disconnected by user
    1* fatal: Write failed: {ioerr} [preauth]
    1* Bad protocol version identification '{words}' from {ip} port {port}
    1* Server listening on {ip} port {int}.
    1* Corrupted MAC on input. [preauth]
    1* syslogin_perform_logout: logout() returned an error
  `,
};

/** A large cluster's collected syslog: two times, a node twice, daemons of every kind. */
export const collectedSyslog: Style = {
  name: 'collected-syslog',
  header: (r, at) => {
    const node = r.pick(['dn', 'en', 'aadmin', 'badmin', 'tbird-sm']) + r.int(1, 999);
    const day = TIMES.plain(at).slice(0, 10).replaceAll('-', '.');
    return `- ${Math.floor(at / 1000)} ${day} ${node} ${TIMES.syslog(at)} ${node}/${node} ${r.own([`crond(pam_unix)[${r.int(1000, 32000)}]`, `crond[${r.int(1000, 32000)}]`, `ntpd[${r.int(1000, 9000)}]`, 'kernel', 'ib_sm.x[24904]', `postfix/smtpd[${r.int(1000, 32000)}]`])}: `;
  },
  pools: {
    cluster: ['Thunder_A1', 'Thunder_A8', 'Thunder_B2', 'Thunder_C5'],
    script: [
      'run-parts /etc/cron.hourly',
      '/usr/lib64/sa/sa1 1 1',
      '/sbin/rmmod -as',
      '/usr/bin/mrtg /etc/mrtg/mrtg.cfg',
    ],
  },
  templates: `
    14* session opened for user {fewnames} by (uid=0)
    14* session closed for user {fewnames}
    12* (root) CMD ({script})
    8* data_thread() got not answer from any [{cluster}] datasource
    6* [ib_sm_sweep.c:{int}]: No topology change
    6* [ib_sm_sweep.c:{int}]: *** Starting discovery sweep #{int}
    5* synchronized to {ip}, stratum {int:1-4}
    4* synchronization lost
    4* connect from {host}[{ip}]
    4* disconnect from {host}[{ip}]
    4* {Hex:10}: client={host}[{ip}]
    4* {Hex:10}: to=<{email}>, relay={host}[{ip}], delay={int:0-99}, status={sent|deferred|bounced} ({int:250-550} Ok: queued as {Hex:10})
    4* {Hex:10}: removed
    4* {Hex:10}: from=<{email}>, size={int}, nrcpt={int:1-9} (queue active)
    3* DHCPDISCOVER from {mac} via eth{int:0-3}: network A_net: no free leases
    3* DHCPREQUEST for {ip} from {mac} via eth{int:0-3}
    3* DHCPACK on {ip} to {mac} via eth{int:0-3}
    3* lease {ip} is {free|active|abandoned}
    2* imklog {version}, log source = {path} started.
    2* Losing some ticks... checking if CPU frequency changed.
    2* warning: many lost ticks.
    2* ACPI: {XSDT|FACP|SRAT|MADT} (v{int:0-9} {DELL|IBM|AMD} PE BKC 0x{hex:8} MSFT 0x{hex:8}) @ 0x{hex:16}
    2* CPU{int:0-9}: Intel(R) Xeon(TM) CPU {float}GHz stepping {int:0-9}
    2* cpu {int:0-9} cold: low {int:0-9}, high {int}, batch {int:0-9}
    2* cpu {int:0-9} hot: low {int:0-9}, high {int}, batch {int:0-9}
    2* mtu of {ib|eth}{int:0-3} set to {int}
    1* scsi{int:0-9} : {LSI Logic|Adaptec} driver {version}
    1* EXT3-fs: mounted filesystem with {ordered|journal|writeback} data mode.
    1* (root) MAIL (mailed {int} bytes of output but got status 0x{hex:4})
    1* session unauthorized, {name} refused from {host}
    1* usb {int:1-9}-{int:1-9}: new {high|full|low} speed USB device using ehci_hcd and address {int:1-99}
    1* usb {int:1-9}-{int:1-9}: USB disconnect, address {int:1-99}
  `,
};
