import type { Style } from '../../corpus/style.ts';
import { TIMES } from '../../corpus/times.ts';

/** A Unix host's syslog: names as parameters, optional tails, pids. */
export const unixHost: Style = {
  name: 'unix-host',
  header: (r, at) => `${TIMES.syslog(at)} combo ${syslogTag(r.int(0, 99), r.int(1000, 32000))}: `,
  pools: {
    daemon: [
      'syslog',
      'klogd',
      'irqbalance',
      'portmap',
      'rpc.statd',
      'hcid',
      'sdpd',
      'apmd',
      'sshd',
      'xinetd',
      'sendmail',
      'gpm',
      'crond',
      'xfs',
      'anacron',
    ],
  },
  templates: `
    20* authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost={domain}
    14* authentication failure; logname= uid=0 euid=0 tty=NODEVssh ruser= rhost={ip} user={fewnames}
    12* check pass; user unknown
    9* session opened for user {fewnames} by (uid={int:0-1})
    9* session closed for user {fewnames}
    8* connection from {ip} ({domain}) at Mon Jul {int:1-28} {clock} 2005
    8* connection from {ip} () at Tue Jul {int:1-28} {clock} 2005
    5* ALERT exited abnormally with [1]
    4* {daemon} startup succeeded
    4* {daemon} shutdown succeeded
    3* {daemon} startup failed
    3* {daemon}: {int} {running|dead}
    3* Did not receive identification string from {ip}
    3* ANONYMOUS FTP LOGIN FROM {ip}, (anonymous)
    2* restart.
    2* klogd {version}, log source = /proc/kmsg started.
    2* Linux version {version}-1.521 (bhcompile@{host}.build.example.com) (gcc version {version}) #1 Mon Aug {int:1-28} {clock} EDT 2004
    2* BIOS-provided physical RAM map:
    2* BIOS-e820: {hex:16} - {hex:16} ({usable|reserved|ACPI data|ACPI NVS})
    2* On node 0 totalpages: {int}
    2* DMA zone: {int} pages, LIFO batch:{int:1-16}
    2* Normal zone: {int} pages, LIFO batch:{int:1-16}
    2* HighMem zone: {int} pages, LIFO batch:{int:1-16}
    2* Detected {float} MHz processor.
    2* Calibrating delay loop... {float} BogoMIPS
    2* PCI: Using IRQ router PIIX/ICH [{hex:4}/{hex:4}] at {hex:4}:{hex:2}:{hex:2}.{int:0-7}
    2* {hda|hdb|hdc}: {words}, ATA DISK drive
    2* audit({epoch}.{int:100-999}:{int:0-9}): initialized
    2* SELinux: Initializing.
    1* SELinux: Starting in permissive mode
    1* SELinux: Registering netfilter hooks
    1* Freeing initrd memory: {int}k freed
    1* Kerberos authentication failed
    1* {name}: cannot register service: RPC: Unable to receive; errno = {ioerr}
    1* warning: can't get client address: {ioerr}
  `,
  skew: 0.5,
};

function syslogTag(pick: number, pid: number): string {
  if (pick < 55) return `sshd(pam_unix)[${pid}]`;
  if (pick < 70) return `ftpd[${pid}]`;
  if (pick < 80) return 'kernel';
  return pick < 90 ? 'logrotate' : `su(pam_unix)[${pid}]`;
}

/** A supercomputer's service log: four times and two nodes before each message. */
export const superComputer: Style = {
  name: 'super-computer',
  header: (r, at, level) => {
    const node = `R${r.int(10, 77)}-M${r.int(0, 1)}-N${r.int(0, 9)}-C:J${r.int(10, 18)}-U${r.int(1, 11)}`;
    const [day = '', time = ''] = TIMES.dot(at).split(' ');
    return `- ${Math.floor(at / 1000)} ${day.replaceAll('-', '.')} ${node} ${day}-${time.replaceAll(':', '.')}${r.digits(3)} ${node} RAS ${r.own(['KERNEL', 'APP', 'MMCS', 'DISCOVERY'])} ${level} `;
  },
  templates: `
    30* generating core.{int}
    12* instruction cache parity error corrected
    8* {int} double-hummer alignment exceptions
    7* CE sym {int:0-40}, at {x}, mask 0x{hex:2}
    5* FATAL! data TLB error interrupt
    4* FATAL! data storage interrupt
    4* FATAL! ciod: failed to read message prefix on control stream (CioStream socket to {ipport}
    4* FATAL! ciod: Error loading {path}: invalid or missing program image, No such file or directory
    4* FATAL! ciod: Error loading {path}: invalid or missing program image, Permission denied
    4* FATAL! ciod: LOGIN chdir({path}) failed: No such file or directory
    4* ciod: Error reading message prefix after LOGIN_MESSAGE on CioStream socket to {ipport}: Link has been severed
    4* FATAL! rts: kernel terminated for reason {int:1001-1004}
    3* FATAL! rts panic! - stopping execution
    3* total of {int:1-200} ddr error(s) detected and corrected
    3* {int:1-9} ddr errors(s) detected and corrected on rank 0, symbol {int:0-35}, bit {int:0-7}
    3* {int:1-9} L3 EDRAM error(s) (dcr 0x0157) detected and corrected
    3* iar {hex:8} dear {hex:8}
    3* lr:{hex:8} cr:{hex:8} xer:{hex:8} ctr:{hex:8}
    2* r{int:10-31}=0x{hex:8} r{int:10-31}=0x{hex:8} r{int:10-31}=0x{hex:8} r{int:10-31}=0x{hex:8}
    2* FATAL! machine check interrupt (bit=0x{hex:2}): L2 dcache unit {read|write} return parity error
    2* FATAL! critical input interrupt (unit=0x{hex:2} bit=0x{hex:2}): warning for {torus|tree} {x+|x-|y+|y-|z+|z-} wire
    2* ERROR! Node card is not fully functional
    2* ERROR! Node card VPD check: missing {int:1-32} node, VPD ecid {hex:20} in processor card slot J{int:10-18}
    2* ERROR! MidplaneSwitchController performing bit sparing on R{int:10-77}-M1-L3-U{int:1-20}-{A|B|C|D} bit {int:1-7}
    2* program interrupt: {illegal instruction|privileged instruction|trap instruction|imprecise exception}......{int:0-1}
    1* idoproxydb has been started: Name: {hex:8} Input parameters: -enableflush -loguserinfo {path}
    1* ERROR! idoproxydb hit ASSERT condition: ASSERT expression={int:0-1} Source file={path} Source line={int} Function={class}
    1* Lustre mount FAILED : {node:bglio} : block_id : location
    1* problem state (0=sup,1=usr).......{int:0-1}
    1* wait state enable.................{int:0-1}
    1* external input interrupt (unit=0x{hex:2} bit=0x{hex:2}): uncorrectable torus error
    1* external input interrupt (unit=0x{hex:2} bit=0x{hex:2}): number of corrected SRAM errors has exceeded threshold
  `,
};

/** A network proxy client: one template with many shapes of quantity. */
export const proxyClient: Style = {
  name: 'proxy-client',
  header: (r, at) =>
    `[${TIMES.monthDay(at)}] ${r.own(['chrome.exe', 'chrome.exe *64', 'mail.exe', 'sync.exe', 'chat.exe *64'])} - `,
  pools: {
    sent: ['0 bytes', '704 bytes', '1033 bytes', '11,284 bytes (11.0 KB)', '2,293 bytes (2.23 KB)'],
  },
  templates: `
    30* {hostport} close, {int} bytes sent, {int} bytes received, lifetime {clock}
    10* {hostport} close, {int:2-9},{big:3} bytes ({float} KB) sent, {int:2-9},{big:3} bytes ({float} KB) received, lifetime {clock}
    10* {hostport} close, {int} bytes sent, {int:2-9},{big:3} bytes ({float} KB) received, lifetime {clock}
    30* {hostport} open through proxy {hostport} {HTTPS|SOCKS5}
    4* {hostport} open directly
    2* {hostport} error : Could not connect through proxy {hostport} - Proxy server cannot establish a connection with the target, status code {int:400-504}
    2* {hostport} error : Could not connect through proxy {hostport} - Proxy closed the connection unexpectedly.
    1* {hostport} error : A connection request was canceled before the completion.
  `,
};

/** A desktop system's servicing log. */
export const servicing: Style = {
  name: 'servicing',
  header: (r, at, level) =>
    `${TIMES.plain(at)}, ${level === 'INFO' ? 'Info ' : 'Error'}                 ${r.own(['CBS ', 'CSI '])}   `,
  pools: {
    client: ['WindowsUpdateAgent', 'SPP', 'DISM Package Manager Provider', 'TrustedInstaller'],
    pkg: [
      'Package_for_KB2928120~31bf3856ad364e35~amd64~~6.1.1.2',
      'Package_1_for_KB3020369~31bf3856ad364e35~amd64~~6.1.1.1',
      'Package_for_KB2984972_RTM~31bf3856ad364e35~amd64~~6.1.1.0',
      'Microsoft-Windows-Foundation-Package~31bf3856ad364e35~amd64~~6.1',
    ],
  },
  templates: `
    15* Loaded Servicing Stack v{version}.23505 with Core: C:\\Windows\\winsxs\\amd64_microsoft-windows-servicingstack_{hex:16}_{version}_none_{hex:16}\\cbscore.dll
    14* SQM: Initializing online with Windows opt-in: {False|True}
    12* SQM: Cleaning up report files older than {int:1-30} days.
    12* SQM: Requesting upload of all unsent reports.
    10* SQM: Failed to start upload with file pattern: C:\\Windows\\servicing\\sqm\\*_std.sqm, flags: 0x{int:1-9} [HRESULT = 0x{hex:8} - E_FAIL]
    10* SQM: Queued {int:0-9} file(s) for upload with pattern: C:\\Windows\\servicing\\sqm\\*_all.sqm, flags: 0x{int:1-9}
    8* SQM: Warning: Failed to upload all unsent reports. [HRESULT = 0x{hex:8} - E_FAIL]
    8* No startup processing required, TrustedInstaller service was not set as autostart, or else a reboot is still pending.
    8* NonStart: Checking to ensure startup processing was not required.
    8* NonStart: Success, startup processing not required as expected.
    7* Startup processing thread terminated normally
    7* Starting TrustedInstaller initialization.
    7* Ending TrustedInstaller initialization.
    7* Starting TrustedInstaller finalization.
    7* Ending TrustedInstaller finalization.
    7* Starting the TrustedInstaller main loop.
    7* TrustedInstaller service starts successfully.
    6* Session: {big:8}_{big:10} initialized by client {client}.
    6* Read out cached package applicability for package: {pkg}, ApplicableState: {int:0-112}, CurrentState:{int:0-112}
    5* Failed to internally open package. [HRESULT = 0x{hex:8} - CBS_E_INVALID_PACKAGE]
    5* Warning: Unrecognized packageExtended attribute.
    5* Expecting attribute name [HRESULT = 0x{hex:8} - CBS_E_MANIFEST_INVALID_ITEM]
    5* Failed to get next element [HRESULT = 0x{hex:8} - CBS_E_MANIFEST_INVALID_ITEM]
    3* 00000{hex:3}@2016/9/{int:1-28}:{clock}.{int:100-999} WcpInitialize (wcp.dll version 0.0.0.{int:0-9}) called (stack @0x{hex:11} @0x{hex:11} @0x{hex:11})
    2* 00000{hex:3} Created NT transaction (seq {int:1-99}) result 0x{hex:8}, handle @0x{hex:3}
    2* 00000{hex:3} Creating NT transaction (seq {int:1-99}), objectname [6]"(null)"
    1* Reboot mark refs incremented to: {int:0-9}
    1* Reboot mark refs: {int:0-9}
    1* Idle processing thread terminated normally
    1* Unloading SysInfo or no longer needed: {path}
  `,
};
