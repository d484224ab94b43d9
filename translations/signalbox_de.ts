<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de_DE">
<context>
    <name>ChartDates</name>
    <message>
        <source>d MMM yyyy</source>
        <comment>date format</comment>
        <translation>d. MMM yyyy</translation>
    </message>
    <message>
        <source>d MMM HH:mm</source>
        <comment>date format</comment>
        <translation>d. MMM HH:mm</translation>
    </message>
    <message>
        <source>d MMM</source>
        <comment>date format</comment>
        <translation>d. MMM</translation>
    </message>
</context>
<context>
    <name>ConnectionText</name>
    <message>
        <source>revoked</source>
        <translation>widerrufen</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>expired</source>
        <translation>abgelaufen</translation>
    </message>
    <message numerus="yes">
        <source>expires in %n day(s)</source>
        <translation>
            <numerusform>läuft in %n Tag ab</numerusform>
            <numerusform>läuft in %n Tagen ab</numerusform>
        </translation>
    </message>
    <message>
        <source>no key</source>
        <translation>kein Schlüssel</translation>
    </message>
</context>
<context>
    <name>LabText</name>
    <message>
        <source>A limit of this service is reached. Wait until its window moves on, or raise the limit on the service&apos;s page.</source>
        <translation>Ein Limit dieses Dienstes ist erreicht. Warten Sie, bis sein Zeitfenster weiterrückt, oder erhöhen Sie das Limit auf der Seite des Dienstes.</translation>
    </message>
    <message>
        <source>A limit of this service is reached. There is room again in %1 s; or raise the limit on the service&apos;s page.</source>
        <translation>Ein Limit dieses Dienstes ist erreicht. In %1 s ist wieder Platz; oder erhöhen Sie das Limit auf der Seite des Dienstes.</translation>
    </message>
    <message>
        <source>The money for this period is spent. Raise the limit on the service&apos;s page.</source>
        <translation>Das Geld für diesen Zeitraum ist ausgegeben. Erhöhen Sie das Limit auf der Seite des Dienstes.</translation>
    </message>
    <message>
        <source>The prompt is longer than the service&apos;s maximum per request. Shorten it, or raise that maximum.</source>
        <translation>Der Prompt ist länger als das Maximum des Dienstes pro Anfrage. Kürzen Sie ihn oder erhöhen Sie dieses Maximum.</translation>
    </message>
    <message>
        <source>The prompt does not fit into the model&apos;s context. Shorten it, or choose a model with a larger one.</source>
        <translation>Der Prompt passt nicht in den Kontext des Modells. Kürzen Sie ihn oder wählen Sie ein Modell mit größerem Kontext.</translation>
    </message>
    <message>
        <source>The provider&apos;s content filter refused this.</source>
        <translation>Der Inhaltsfilter des Anbieters hat dies abgelehnt.</translation>
    </message>
    <message>
        <source>The provider does not know this model, or the key may not use it. Check its spelling.</source>
        <translation>Der Anbieter kennt dieses Modell nicht, oder der Schlüssel darf es nicht nutzen. Prüfen Sie die Schreibweise.</translation>
    </message>
    <message>
        <source>The gateway does not know this address. Was the service deleted?</source>
        <translation>Das Gateway kennt diese Adresse nicht. Wurde der Dienst gelöscht?</translation>
    </message>
    <message>
        <source>The service&apos;s key could not be read. Unlock the keychain, or enter the key again on the service&apos;s page.</source>
        <translation>Der Schlüssel des Dienstes konnte nicht gelesen werden. Entsperren Sie den Schlüsselbund oder geben Sie den Schlüssel auf der Seite des Dienstes neu ein.</translation>
    </message>
    <message>
        <source>The provider&apos;s own limit is reached. Try again later.</source>
        <translation>Das eigene Limit des Anbieters ist erreicht. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>The provider cannot be reached. Test the connection on the service&apos;s page.</source>
        <translation>Der Anbieter ist nicht erreichbar. Testen Sie die Verbindung auf der Seite des Dienstes.</translation>
    </message>
    <message>
        <source>The provider did not answer in time. Try again.</source>
        <translation>Der Anbieter hat nicht rechtzeitig geantwortet. Versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>The provider failed. Try again; test the connection on the service&apos;s page if it goes on.</source>
        <translation>Beim Anbieter ist ein Fehler aufgetreten. Versuchen Sie es noch einmal; hält es an, testen Sie die Verbindung auf der Seite des Dienstes.</translation>
    </message>
    <message>
        <source>The gateway has too much to do. Try again in a moment.</source>
        <translation>Das Gateway hat zu viel zu tun. Versuchen Sie es gleich noch einmal.</translation>
    </message>
    <message>
        <source>The gateway cannot keep its books just now, probably because the disk is full, and therefore sends nothing.</source>
        <translation>Das Gateway kann gerade nicht Buch führen, vermutlich weil der Datenträger voll ist, und sendet deshalb nichts.</translation>
    </message>
    <message>
        <source>The gateway refused this session&apos;s key. Restart the gateway and send again.</source>
        <translation>Das Gateway hat den Schlüssel dieser Sitzung abgelehnt. Starten Sie das Gateway neu und senden Sie noch einmal.</translation>
    </message>
    <message>
        <source>This environment may not call the service.</source>
        <translation>Diese Umgebung darf den Dienst nicht aufrufen.</translation>
    </message>
    <message>
        <source>Complete</source>
        <translation>Vollständig</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Broken off</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>Refused</source>
        <translation>Abgelehnt</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>Keine Antwort</translation>
    </message>
    <message>
        <source>The answer broke off before its end; what arrived is kept.</source>
        <translation>Die Antwort brach vor ihrem Ende ab; was ankam, bleibt erhalten.</translation>
    </message>
    <message>
        <source>The gateway did not answer. Is it still running?</source>
        <translation>Das Gateway hat nicht geantwortet. Läuft es noch?</translation>
    </message>
    <message>
        <source>Answer %1: %2</source>
        <translation>Antwort %1: %2</translation>
    </message>
    <message>
        <source>Answer %1.</source>
        <translation>Antwort %1.</translation>
    </message>
    <message>
        <source>%1 tok/s</source>
        <translation>%1 Tok/s</translation>
    </message>
    <message>
        <source>
… cut here: only the first MiB is kept</source>
        <translation>
… hier abgeschnitten: nur das erste MiB wird aufbewahrt</translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>GenAI Services</source>
        <translation>GenAI-Dienste</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>Marketplace</source>
        <translation>Marktplatz</translation>
    </message>
    <message>
        <source>Browsing published services comes with a later release.</source>
        <translation>Das Stöbern in veröffentlichten Diensten kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>Today every registered service is listed in GenAI Services, with its address and whether it is published; a connection gives a team its key.</source>
        <translation>Heute steht jeder registrierte Dienst unter GenAI-Dienste, mit seiner Adresse und ob er veröffentlicht ist; eine Verbindung gibt einem Team seinen Schlüssel.</translation>
    </message>
    <message>
        <source>Open GenAI Services</source>
        <translation>GenAI-Dienste öffnen</translation>
    </message>
    <message>
        <source>Open Connections</source>
        <translation>Verbindungen öffnen</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Routes</source>
        <translation>Routen</translation>
    </message>
    <message>
        <source>Choosing among several services by policy comes with a later release.</source>
        <translation>Die Auswahl unter mehreren Diensten nach Regeln kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>Today a client calls one service by its context path; the address is on the service&apos;s page.</source>
        <translation>Heute ruft ein Client einen Dienst über dessen Context Path auf; die Adresse steht auf der Seite des Dienstes.</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Editing the model catalogue and its prices comes with a later release.</source>
        <translation>Das Bearbeiten des Modellkatalogs und seiner Preise kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>Today the built-in dated price book is used; each request shows which of its rows it was charged by, and models without a price are counted as unpriced.</source>
        <translation>Heute gilt das eingebaute, datierte Preisbuch; jede Anfrage zeigt, nach welcher seiner Zeilen sie berechnet wurde, und Modelle ohne Preis werden als solche gezählt.</translation>
    </message>
    <message>
        <source>Open Requests</source>
        <translation>Anfragen öffnen</translation>
    </message>
    <message>
        <source>Open Dashboards</source>
        <translation>Dashboards öffnen</translation>
    </message>
    <message>
        <source>Dashboards</source>
        <translation>Dashboards</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Prompt Lab</source>
        <translation>Prompt Lab</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Access</source>
        <translation>Zugriff</translation>
    </message>
    <message>
        <source>Users, roles and the audit browser come with a later release.</source>
        <translation>Benutzer, Rollen und die Ansicht des Änderungsprotokolls kommen mit einer späteren Version.</translation>
    </message>
    <message>
        <source>Today whoever can read the profile or log in to the database can change everything. Every change is already written to the audit trail.</source>
        <translation>Heute kann alles ändern, wer das Profil lesen oder sich an der Datenbank anmelden kann. Jede Änderung wird schon jetzt im Änderungsprotokoll festgehalten.</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
</context>
<context>
    <name>Prompts</name>
    <message>
        <source>Type %1 to confirm</source>
        <translation>Zur Bestätigung %1 eingeben</translation>
    </message>
</context>
<context>
    <name>ServingState</name>
    <message>
        <source>not served</source>
        <translation>nicht bedient</translation>
    </message>
    <message>
        <source>The gateway refuses its calls. %1</source>
        <translation>Das Gateway lehnt Aufrufe ab. %1</translation>
    </message>
</context>
<context>
    <name>UiText</name>
    <message>
        <source>That input cannot be used. Correct it and try again.</source>
        <translation>Diese Eingabe ist nicht verwendbar. Korrigieren Sie sie und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This no longer exists. Refresh to see what is there now.</source>
        <translation>Das gibt es nicht mehr. Aktualisieren Sie, um zu sehen, was jetzt da ist.</translation>
    </message>
    <message>
        <source>Somebody else changed this meanwhile. Reload to see their change, then repeat yours.</source>
        <translation>Jemand anderes hat dies inzwischen geändert. Laden Sie neu, um diese Änderung zu sehen, und wiederholen Sie dann Ihre.</translation>
    </message>
    <message>
        <source>This context path is already used by another service. Choose another one.</source>
        <translation>Diesen Context Path nutzt schon ein anderer Dienst. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>This name is already used. Choose another one.</source>
        <translation>Dieser Name ist schon vergeben. Wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>This collides with something that exists or is in use.</source>
        <translation>Das kollidiert mit etwas, das schon existiert oder benutzt wird.</translation>
    </message>
    <message>
        <source>This secret belongs to another address and was not sent to this one. Use a secret of its own for every provider.</source>
        <translation>Dieses Geheimnis gehört zu einer anderen Adresse und wurde nicht an diese gesendet. Verwenden Sie für jeden Anbieter ein eigenes.</translation>
    </message>
    <message>
        <source>Access was refused. Check the permissions of the file or of your database role.</source>
        <translation>Der Zugriff wurde verweigert. Prüfen Sie die Rechte der Datei oder Ihrer Datenbankrolle.</translation>
    </message>
    <message>
        <source>The credential was refused. Check the key.</source>
        <translation>Die Zugangsdaten wurden abgelehnt. Prüfen Sie den Schlüssel.</translation>
    </message>
    <message>
        <source>A limit is used up. Wait until its window moves on, or raise it.</source>
        <translation>Ein Limit ist aufgebraucht. Warten Sie, bis sein Zeitfenster weiterrückt, oder erhöhen Sie es.</translation>
    </message>
    <message>
        <source>The budget is spent.</source>
        <translation>Das Budget ist ausgegeben.</translation>
    </message>
    <message>
        <source>This took too long and was stopped. Try again; if it stays so, look at the Databases and Gateway pages.</source>
        <translation>Das hat zu lange gedauert und wurde beendet. Versuchen Sie es noch einmal; bleibt es so, sehen Sie auf den Seiten Datenbanken und Gateway nach.</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>The port is already used by another program. Choose another port or stop that program.</source>
        <translation>Den Port nutzt schon ein anderes Programm. Wählen Sie einen anderen Port oder beenden Sie jenes Programm.</translation>
    </message>
    <message>
        <source>Not reachable at the moment. Nothing saved is lost; try again.</source>
        <translation>Im Moment nicht erreichbar. Nichts Gespeichertes ist verloren; versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Stored data is damaged. Nothing was changed; restore a backup or ask for help with the details.</source>
        <translation>Gespeicherte Daten sind beschädigt. Nichts wurde geändert; spielen Sie eine Sicherung ein oder bitten Sie mit den Einzelheiten um Hilfe.</translation>
    </message>
    <message>
        <source>Something went wrong inside Signalbox. The details help to find out why.</source>
        <translation>In Signalbox ist etwas schiefgegangen. Die Einzelheiten helfen, die Ursache zu finden.</translation>
    </message>
    <message>
        <source>Please fill this in.</source>
        <translation>Bitte füllen Sie dieses Feld aus.</translation>
    </message>
    <message>
        <source>This is too long; at most %1 characters.</source>
        <translation>Das ist zu lang; höchstens %1 Zeichen.</translation>
    </message>
    <message>
        <source>Line breaks, control and other unusual characters are not allowed.</source>
        <translation>Zeilenumbrüche, Steuerzeichen und andere ungewöhnliche Zeichen sind nicht erlaubt.</translation>
    </message>
    <message>
        <source>This does not have the expected form.</source>
        <translation>Das hat nicht die erwartete Form.</translation>
    </message>
    <message>
        <source>This is no address; it starts with https:// and a host name.</source>
        <translation>Das ist keine Adresse; sie beginnt mit https:// und einem Hostnamen.</translation>
    </message>
    <message>
        <source>Only https:// addresses can be used, and http:// on this computer.</source>
        <translation>Nur Adressen mit https:// sind möglich, und http:// auf diesem Rechner.</translation>
    </message>
    <message>
        <source>User names and passwords do not belong into the address.</source>
        <translation>Benutzernamen und Passwörter gehören nicht in die Adresse.</translation>
    </message>
    <message>
        <source>Leave out the question mark and what follows it.</source>
        <translation>Lassen Sie das Fragezeichen und alles danach weg.</translation>
    </message>
    <message>
        <source>Leave out the # and what follows it.</source>
        <translation>Lassen Sie das # und alles danach weg.</translation>
    </message>
    <message>
        <source>Replace %1 by your own value.</source>
        <translation>Ersetzen Sie %1 durch Ihren eigenen Wert.</translation>
    </message>
    <message>
        <source>The host name is not valid.</source>
        <translation>Der Hostname ist ungültig.</translation>
    </message>
    <message>
        <source>The port is a number from 1 to 65535.</source>
        <translation>Der Port ist eine Zahl von 1 bis 65535.</translation>
    </message>
    <message>
        <source>%1 is a link-local address, where cloud machines keep their credentials; it is refused.</source>
        <translation>%1 ist eine Link-Local-Adresse, unter der Cloud-Rechner ihre Zugangsdaten bereithalten; sie wird abgelehnt.</translation>
    </message>
    <message>
        <source>%1 is a cloud metadata service; it is refused.</source>
        <translation>%1 ist ein Metadatendienst der Cloud; er wird abgelehnt.</translation>
    </message>
    <message>
        <source>%1 is a reserved address; it is refused.</source>
        <translation>%1 ist eine reservierte Adresse; sie wird abgelehnt.</translation>
    </message>
    <message>
        <source>%1 hides an IPv4 address inside an IPv6 one; write it plainly.</source>
        <translation>%1 versteckt eine IPv4-Adresse in einer IPv6-Adresse; schreiben Sie sie offen.</translation>
    </message>
    <message>
        <source>http:// sends keys and prompts readable for everybody on the way. Use https://, or allow it knowingly.</source>
        <translation>http:// sendet Schlüssel und Prompts für jeden unterwegs lesbar. Nehmen Sie https://, oder erlauben Sie es bewusst.</translation>
    </message>
    <message>
        <source>Not encrypted: keys and prompts can be read on the way.</source>
        <translation>Unverschlüsselt: Schlüssel und Prompts können unterwegs mitgelesen werden.</translation>
    </message>
    <message>
        <source>%1 is an address of a private network.</source>
        <translation>%1 ist eine Adresse eines privaten Netzes.</translation>
    </message>
    <message>
        <source>Write a header name and its prefix, such as Authorization: Bearer.</source>
        <translation>Schreiben Sie einen Header-Namen und sein Präfix, etwa Authorization: Bearer.</translation>
    </message>
    <message>
        <source>%1 has another purpose in HTTP and cannot carry the key.</source>
        <translation>%1 hat in HTTP einen anderen Zweck und kann den Schlüssel nicht tragen.</translation>
    </message>
    <message>
        <source>A reference is written env:NAME or file:/absolute/path.</source>
        <translation>Ein Verweis wird env:NAME oder file:/absoluter/Pfad geschrieben.</translation>
    </message>
    <message>
        <source>Enter the name of an environment variable, not the key itself.</source>
        <translation>Geben Sie den Namen einer Umgebungsvariable ein, nicht den Schlüssel selbst.</translation>
    </message>
    <message>
        <source>This provider needs a credential.</source>
        <translation>Dieser Anbieter braucht Zugangsdaten.</translation>
    </message>
    <message>
        <source>AWS access keys are for AWS Bedrock only.</source>
        <translation>AWS-Zugriffsschlüssel gelten nur für AWS Bedrock.</translation>
    </message>
    <message>
        <source>A region looks like us-east-1.</source>
        <translation>Eine Region sieht aus wie us-east-1.</translation>
    </message>
    <message>
        <source>Write model=deployment, one per line; this is not: %1</source>
        <translation>Schreiben Sie Modell=Deployment, eines je Zeile; dies ist keines: %1</translation>
    </message>
    <message>
        <source>Write a whole number, such as 100 000, 90k or 1.5M.</source>
        <translation>Schreiben Sie eine ganze Zahl, etwa 100 000, 90k oder 1.5M.</translation>
    </message>
    <message>
        <source>The smallest limit is 1; leave the field empty for no limit.</source>
        <translation>Das kleinste Limit ist 1; ohne Limit bleibt das Feld leer.</translation>
    </message>
    <message>
        <source>This number is too large.</source>
        <translation>Diese Zahl ist zu groß.</translation>
    </message>
    <message>
        <source>Write an amount in US dollars, such as 25.00.</source>
        <translation>Schreiben Sie einen Betrag in US-Dollar, etwa 25.00.</translation>
    </message>
    <message>
        <source>The total is below another maximum, which can therefore never be reached.</source>
        <translation>Die Summe liegt unter einem anderen Maximum, das deshalb nie erreicht werden kann.</translation>
    </message>
    <message>
        <source>The total is above the sum of the other two and can never be reached.</source>
        <translation>Der Gesamtwert liegt über der Summe der beiden anderen und kann nie erreicht werden.</translation>
    </message>
    <message>
        <source>No limit: traffic in production can cost any amount.</source>
        <translation>Kein Limit: Verkehr in der Produktion kann beliebig viel kosten.</translation>
    </message>
    <message>
        <source>No keychain answers here. Choose a variable or a private file, or unlock the keychain.</source>
        <translation>Hier antwortet kein Schlüsselbund. Wählen Sie eine Variable oder eine private Datei, oder entsperren Sie den Schlüsselbund.</translation>
    </message>
    <message>
        <source>Configure at least one environment.</source>
        <translation>Konfigurieren Sie mindestens eine Umgebung.</translation>
    </message>
    <message>
        <source>This environment does not exist any more.</source>
        <translation>Diese Umgebung gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>The secret could not be kept: %1. Choose another place for it, or try again.</source>
        <translation>Das Geheimnis konnte nicht aufbewahrt werden: %1. Wählen Sie einen anderen Ort dafür oder versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>This is already used; choose another one.</source>
        <translation>Das ist schon vergeben; wählen Sie etwas anderes.</translation>
    </message>
    <message>
        <source>The gateway uses this path itself; choose another one.</source>
        <translation>Diesen Pfad nutzt das Gateway selbst; wählen Sie einen anderen.</translation>
    </message>
    <message>
        <source>This cannot be used: %1.</source>
        <translation>Das ist nicht verwendbar: %1.</translation>
    </message>
    <message>
        <source>This cannot be used: %1 (%2).</source>
        <translation>Das ist nicht verwendbar: %1 (%2).</translation>
    </message>
    <message>
        <source>unpriced</source>
        <translation>ohne Preis</translation>
    </message>
    <message>
        <source>just now</source>
        <translation>gerade eben</translation>
    </message>
    <message numerus="yes">
        <source>%n s ago</source>
        <translation>
            <numerusform>vor %n s</numerusform>
            <numerusform>vor %n s</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n min ago</source>
        <translation>
            <numerusform>vor %n min</numerusform>
            <numerusform>vor %n min</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n h ago</source>
        <translation>
            <numerusform>vor %n h</numerusform>
            <numerusform>vor %n h</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n day(s) ago</source>
        <translation>
            <numerusform>vor %n Tag</numerusform>
            <numerusform>vor %n Tagen</numerusform>
        </translation>
    </message>
    <message>
        <source>not configured</source>
        <translation>nicht konfiguriert</translation>
    </message>
    <message>
        <source>not deployed</source>
        <translation>nicht bereitgestellt</translation>
    </message>
    <message>
        <source>deploying</source>
        <translation>wird bereitgestellt</translation>
    </message>
    <message>
        <source>active</source>
        <translation>aktiv</translation>
    </message>
    <message>
        <source>outdated</source>
        <translation>veraltet</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>refused</source>
        <translation>abgelehnt</translation>
    </message>
    <message>
        <source>limited</source>
        <translation>begrenzt</translation>
    </message>
    <message>
        <source>provider error</source>
        <translation>Fehler des Anbieters</translation>
    </message>
    <message>
        <source>timeout</source>
        <translation>Zeitüberschreitung</translation>
    </message>
    <message>
        <source>aborted</source>
        <translation>abgebrochen</translation>
    </message>
    <message>
        <source>gateway error</source>
        <translation>Fehler des Gateways</translation>
    </message>
    <message>
        <source>replaced attempt</source>
        <translation>ersetzter Versuch</translation>
    </message>
    <message>
        <source>This is no API version. Possible are: %1</source>
        <translation>Das ist keine API-Version. Möglich sind: %1</translation>
    </message>
    <message>
        <source>The disk is full. Nothing saved is lost; free some space and try again.</source>
        <translation>Der Datenträger ist voll. Gespeichertes geht nicht verloren; schaffen Sie Platz und versuchen Sie es erneut.</translation>
    </message>
    <message>
        <source>The keychain is locked. Unlock it with “Test keychain” in the settings, then try again.</source>
        <translation>Der Schlüsselbund ist gesperrt. Entsperren Sie ihn mit „Schlüsselbund testen“ in den Einstellungen und versuchen Sie es dann erneut.</translation>
    </message>
    <message>
        <source>This database was upgraded by a newer Signalbox. Nothing was changed; update this program or choose another database.</source>
        <translation>Diese Datenbank wurde von einem neueren Signalbox umgestellt. Es wurde nichts geändert; aktualisieren Sie dieses Programm oder wählen Sie eine andere Datenbank.</translation>
    </message>
    <message>
        <source>The database does not answer at the moment. Nothing saved is lost; it is tried again by itself.</source>
        <translation>Die Datenbank antwortet gerade nicht. Gespeichertes geht nicht verloren; es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>The gateway of this program listens on this computer only (127.0.0.1, ::1 or localhost), because it speaks no TLS. For other computers run “signalboxctl gateway --behind-tls-proxy” behind a proxy that does.</source>
        <translation>Das Gateway dieses Programms lauscht nur auf diesem Rechner (127.0.0.1, ::1 oder localhost), weil es kein TLS spricht. Für andere Rechner starten Sie „signalboxctl gateway --behind-tls-proxy“ hinter einem Proxy, der es spricht.</translation>
    </message>
    <message>
        <source>The gateway cannot listen on this address: it is none of this computer. Write 127.0.0.1.</source>
        <translation>Das Gateway kann auf dieser Adresse nicht lauschen: Sie gehört nicht zu diesem Rechner. Schreiben Sie 127.0.0.1.</translation>
    </message>
    <message>
        <source>The environment variable is not set where Signalbox was started. Set it there and start Signalbox again, or choose another place for the key.</source>
        <translation>Die Umgebungsvariable ist dort, wo Signalbox gestartet wurde, nicht gesetzt. Setzen Sie sie dort und starten Sie Signalbox neu, oder wählen Sie einen anderen Ort für den Schlüssel.</translation>
    </message>
    <message>
        <source>A context path cannot hold “%1”: after the / it is written with a-z, 0-9 and -, such as /my-team.</source>
        <translation>Ein Context Path darf „%1“ nicht enthalten: Nach dem / besteht er aus a-z, 0-9 und -, zum Beispiel /mein-team.</translation>
    </message>
    <message>
        <source>A context path neither begins nor ends with -: write it such as /my-team.</source>
        <translation>Ein Context Path beginnt und endet nicht mit -: Schreiben Sie ihn wie /mein-team.</translation>
    </message>
    <message>
        <source>The stored key cannot be read here: type the key to store it there.</source>
        <translation>Der gespeicherte Schlüssel lässt sich hier nicht lesen: Geben Sie ihn ein, damit er dort gespeichert wird.</translation>
    </message>
</context>
<context>
    <name>sb::runtime::ConnectionTest</name>
    <message>
        <source>Cancelled</source>
        <translation>Abgebrochen</translation>
    </message>
    <message>
        <source>The Service URL is not usable; see the message at its field.</source>
        <translation>Die Service-URL ist nicht verwendbar; siehe die Meldung an ihrem Feld.</translation>
    </message>
    <message>
        <source>The name was not found in time. Is this computer online?</source>
        <translation>Der Name wurde nicht rechtzeitig gefunden. Ist dieser Rechner online?</translation>
    </message>
    <message>
        <source>There is no host %1 (%2). Check the spelling, and whether this computer is online.</source>
        <translation>Es gibt keinen Host %1 (%2). Prüfen Sie die Schreibweise und ob dieser Rechner online ist.</translation>
    </message>
    <message>
        <source>%1 leads to %2, an address inside a private or reserved network. The gateway does not send keys there, unless the name is listed under Local hosts in the settings.</source>
        <translation>%1 führt zu %2, einer Adresse in einem privaten oder reservierten Netz. Dorthin sendet das Gateway keine Schlüssel, außer der Name steht in den Einstellungen unter Lokale Hosts.</translation>
    </message>
    <message numerus="yes">
        <source>%n address(es)</source>
        <translation>
            <numerusform>%n Adresse</numerusform>
            <numerusform>%n Adressen</numerusform>
        </translation>
    </message>
    <message>
        <source>No TLS: traffic to this address can be read on the way.</source>
        <translation>Kein TLS: Verkehr zu dieser Adresse kann unterwegs mitgelesen werden.</translation>
    </message>
    <message>
        <source>%1 The provider says: %2</source>
        <translation>%1 Der Anbieter sagt: %2</translation>
    </message>
    <message>
        <source>The server redirects to %1. Redirects are not followed, or the key would go there: if that is the right address, enter it as the Service URL.</source>
        <translation>Der Server leitet weiter zu %1. Weiterleitungen wird nicht gefolgt, sonst ginge der Schlüssel dorthin: ist das die richtige Adresse, tragen Sie sie als Service-URL ein.</translation>
    </message>
    <message>
        <source>401: the provider refused the key. Is it complete, of this provider and not revoked?</source>
        <translation>401: Der Anbieter hat den Schlüssel abgelehnt. Ist er vollständig, von diesem Anbieter und nicht widerrufen?</translation>
    </message>
    <message>
        <source>403: AWS knows the credential, but it may not use Bedrock here. Allow bedrock:InvokeModel for it.</source>
        <translation>403: AWS kennt die Zugangsdaten, aber sie dürfen Bedrock hier nicht nutzen. Erlauben Sie ihnen bedrock:InvokeModel.</translation>
    </message>
    <message>
        <source>403: AWS refused the credential. Check key, region and this computer&apos;s clock.</source>
        <translation>403: AWS hat die Zugangsdaten abgelehnt. Prüfen Sie Schlüssel, Region und die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>403: the provider knows the key but does not allow this. Check its permissions, project and IP list.</source>
        <translation>403: Der Anbieter kennt den Schlüssel, erlaubt dies aber nicht. Prüfen Sie dessen Rechte, Projekt und IP-Liste.</translation>
    </message>
    <message>
        <source>404: the server has nothing at this path. Check the path of the Service URL and the API version.</source>
        <translation>404: Der Server hat unter diesem Pfad nichts. Prüfen Sie den Pfad der Service-URL und die API-Version.</translation>
    </message>
    <message>
        <source>407: a proxy stands between and wants credentials.</source>
        <translation>407: Dazwischen steht ein Proxy und verlangt Zugangsdaten.</translation>
    </message>
    <message>
        <source>%1: the provider has a problem of its own. Try again later.</source>
        <translation>%1: Der Anbieter hat selbst ein Problem. Versuchen Sie es später noch einmal.</translation>
    </message>
    <message>
        <source>%1: the server refused the request.</source>
        <translation>%1: Der Server hat die Anfrage abgelehnt.</translation>
    </message>
    <message>
        <source>No credential needed</source>
        <translation>Keine Zugangsdaten nötig</translation>
    </message>
    <message>
        <source>Credential accepted</source>
        <translation>Zugangsdaten angenommen</translation>
    </message>
    <message>
        <source>This provider lists its models at another address.</source>
        <translation>Dieser Anbieter listet seine Modelle unter einer anderen Adresse auf.</translation>
    </message>
    <message>
        <source>The server answered, but not with a list of models. Is this the address of an API?</source>
        <translation>Der Server hat geantwortet, aber nicht mit einer Liste von Modellen. Ist das die Adresse einer API?</translation>
    </message>
    <message>
        <source>A very long list of models</source>
        <translation>Eine sehr lange Liste von Modellen</translation>
    </message>
    <message numerus="yes">
        <source>%n model(s)</source>
        <translation>
            <numerusform>%n Modell</numerusform>
            <numerusform>%n Modelle</numerusform>
        </translation>
    </message>
    <message>
        <source>429: the provider&apos;s own limit is reached just now; the credential was accepted.</source>
        <translation>429: Das eigene Limit des Anbieters ist gerade erreicht; die Zugangsdaten wurden angenommen.</translation>
    </message>
    <message>
        <source>Not listed because of that limit.</source>
        <translation>Wegen dieses Limits nicht aufgelistet.</translation>
    </message>
    <message>
        <source>Could not be checked: the server has no list of models.</source>
        <translation>Konnte nicht geprüft werden: Der Server hat keine Liste von Modellen.</translation>
    </message>
    <message>
        <source>%1: this server does not list its models.</source>
        <translation>%1: Dieser Server listet seine Modelle nicht auf.</translation>
    </message>
    <message>
        <source>%1 answered</source>
        <translation>%1 hat geantwortet</translation>
    </message>
    <message>
        <source>404: there is no model or deployment &quot;%1&quot; for this key.</source>
        <translation>404: Für diesen Schlüssel gibt es kein Modell oder Deployment „%1“.</translation>
    </message>
    <message>
        <source>429: the provider&apos;s own limit or budget is used up.</source>
        <translation>429: Das eigene Limit oder Budget des Anbieters ist aufgebraucht.</translation>
    </message>
    <message>
        <source>No complete answer within %1 seconds. The server is reached, but it is busy or hangs: try again later.</source>
        <translation>Keine vollständige Antwort innerhalb von %1 Sekunden. Der Server ist erreichbar, aber beschäftigt oder hängt: Versuchen Sie es später erneut.</translation>
    </message>
</context>
<context>
    <name>sb::runtime::ProbeExchange</name>
    <message>
        <source>No answer in time: the host does not accept connections on port %1, or a firewall drops them.</source>
        <translation>Keine rechtzeitige Antwort: Der Host nimmt auf Port %1 keine Verbindungen an, oder eine Firewall verwirft sie.</translation>
    </message>
    <message>
        <source>The server did not finish the TLS handshake in time. Does it speak https on port %1?</source>
        <translation>Der Server hat den TLS-Handshake nicht rechtzeitig beendet. Spricht er auf Port %1 https?</translation>
    </message>
    <message>
        <source>%1, certificate valid until %2</source>
        <translation>%1, Zertifikat gültig bis %2</translation>
    </message>
    <message>
        <source>The server closed the connection before its answer was complete.</source>
        <translation>Der Server hat die Verbindung geschlossen, bevor seine Antwort vollständig war.</translation>
    </message>
    <message>
        <source>The certificate expired on %1. Its owner must renew it; check also this computer&apos;s clock.</source>
        <translation>Das Zertifikat ist am %1 abgelaufen. Sein Inhaber muss es erneuern; prüfen Sie auch die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>The answer is not HTTP: %1. Is this the right port?</source>
        <translation>Die Antwort ist kein HTTP: %1. Ist das der richtige Port?</translation>
    </message>
    <message>
        <source>The server&apos;s answer is malformed.</source>
        <translation>Die Antwort des Servers ist fehlerhaft aufgebaut.</translation>
    </message>
    <message>
        <source>Connection refused: nothing listens on port %1. Check host and port.</source>
        <translation>Verbindung abgelehnt: Auf Port %1 lauscht nichts. Prüfen Sie Rechner und Port.</translation>
    </message>
    <message>
        <source>%1. Check host, port and network.</source>
        <translation>%1. Prüfen Sie Rechner, Port und Netzwerk.</translation>
    </message>
    <message>
        <source>No encrypted connection came about. Does the server speak https on port %1, with TLS 1.2 or newer? (%2)</source>
        <translation>Es kam keine verschlüsselte Verbindung zustande. Spricht der Server https auf Port %1, mit TLS 1.2 oder neuer? (%2)</translation>
    </message>
    <message>
        <source>The certificate was revoked. Its owner must get a new one.</source>
        <translation>Das Zertifikat wurde widerrufen. Sein Inhaber braucht ein neues.</translation>
    </message>
    <message>
        <source>The certificate is valid only from %1 on. Check this computer&apos;s clock.</source>
        <translation>Das Zertifikat gilt erst ab %1. Prüfen Sie die Uhr dieses Rechners.</translation>
    </message>
    <message>
        <source>The certificate belongs to another name (%1), not to %2. Check the host in the address, or have a certificate issued for it.</source>
        <translation>Das Zertifikat gehört zu einem anderen Namen (%1), nicht zu %2. Prüfen Sie den Rechnernamen in der Adresse, oder lassen Sie ein Zertifikat für ihn ausstellen.</translation>
    </message>
    <message>
        <source>The certificate is self-signed: no authority vouches for it. If it is yours, add it to the system&apos;s trusted certificates.</source>
        <translation>Das Zertifikat ist selbstsigniert: Keine Zertifizierungsstelle bürgt dafür. Wenn es Ihres ist, nehmen Sie es in die vertrauenswürdigen Zertifikate des Systems auf.</translation>
    </message>
    <message>
        <source>The certificate was issued by an authority that this system does not trust (%1). If it is yours, add it to the system&apos;s trusted certificates.</source>
        <translation>Das Zertifikat wurde von einer Stelle ausgestellt, der dieses System nicht vertraut (%1). Wenn es Ihre ist, nehmen Sie sie in die vertrauenswürdigen Zertifikate des Systems auf.</translation>
    </message>
</context>
<context>
    <name>sb::ui::AsyncView</name>
    <message>
        <source>Details of the failure</source>
        <translation>Einzelheiten des Fehlers</translation>
    </message>
    <message>
        <source>loading message</source>
        <translation>Meldung zum Laden</translation>
    </message>
    <message>
        <source>Loading…</source>
        <translation>Wird geladen …</translation>
    </message>
    <message>
        <source>Clear filters</source>
        <translation>Filter zurücksetzen</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 What is shown was loaded before.</source>
        <translation>%1 Gezeigt wird, was vorher geladen wurde.</translation>
    </message>
</context>
<context>
    <name>sb::ui::BackendSecurityForm</name>
    <message>
        <source>Stored in the system keychain. Leave empty to keep it.</source>
        <translation>Im Schlüsselbund des Systems. Leer lassen, um ihn zu behalten.</translation>
    </message>
    <message>
        <source>Read from the variable %1. Leave empty to keep it.</source>
        <translation>Aus der Variable %1 gelesen. Leer lassen, um ihn zu behalten.</translation>
    </message>
    <message>
        <source>Read from the file %1. Leave empty to keep it.</source>
        <translation>Aus der Datei %1 gelesen. Leer lassen, um ihn zu behalten.</translation>
    </message>
    <message>
        <source>No key is stored.</source>
        <translation>Es ist kein Schlüssel gespeichert.</translation>
    </message>
    <message>
        <source>No authentication</source>
        <translation>Ohne Authentifizierung</translation>
    </message>
    <message>
        <source>Bedrock API key (bearer token)</source>
        <translation>Bedrock-API-Schlüssel (Bearer-Token)</translation>
    </message>
    <message>
        <source>AWS access key (signed requests)</source>
        <translation>AWS-Zugriffsschlüssel (signierte Anfragen)</translation>
    </message>
    <message>
        <source>System keychain</source>
        <translation>Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Environment variable</source>
        <translation>Umgebungsvariable</translation>
    </message>
    <message>
        <source>Private file (mode 0600) in the profile</source>
        <translation>Private Datei (Modus 0600) im Profil</translation>
    </message>
    <message>
        <source>Authorization header</source>
        <translation>Authorization-Header</translation>
    </message>
    <message>
        <source>API key</source>
        <translation>API-Schlüssel</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Region</translation>
    </message>
    <message>
        <source>Access key ID</source>
        <translation>Zugriffsschlüssel-ID</translation>
    </message>
    <message>
        <source>Secret access key</source>
        <translation>Geheimer Zugriffsschlüssel</translation>
    </message>
    <message>
        <source>Session token</source>
        <translation>Sitzungstoken</translation>
    </message>
    <message>
        <source>Only with temporary credentials.</source>
        <translation>Nur bei vorübergehenden Zugangsdaten.</translation>
    </message>
    <message>
        <source>Stored in</source>
        <translation>Gespeichert in</translation>
    </message>
    <message>
        <source>API version</source>
        <translation>API-Version</translation>
    </message>
    <message>
        <source>A date, such as 2024-10-21; empty: the v1 paths, which need none.</source>
        <translation>Ein Datum wie 2024-10-21; leer: die v1-Pfade, die keine brauchen.</translation>
    </message>
    <message>
        <source>Deployments</source>
        <translation>Deployments</translation>
    </message>
    <message>
        <source>model=deployment, one per line. Empty: the model&apos;s name is the deployment&apos;s.</source>
        <translation>Modell=Deployment, eines je Zeile. Leer: Das Deployment heißt wie das Modell.</translation>
    </message>
    <message>
        <source>Sent as %1: %2****</source>
        <translation>Gesendet als %1: %2****</translation>
    </message>
    <message>
        <source>Kept in the system keychain; the database holds only a reference.</source>
        <translation>Liegt im Schlüsselbund des Systems; die Datenbank enthält nur einen Verweis.</translation>
    </message>
    <message>
        <source>Kept in the system keychain, which is being checked.</source>
        <translation>Liegt im Schlüsselbund des Systems, der gerade geprüft wird.</translation>
    </message>
    <message>
        <source>The keychain is locked or unavailable: unlock it, or choose another place.</source>
        <translation>Der Schlüsselbund ist gesperrt oder nicht verfügbar: Entsperren Sie ihn oder wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>This computer has no keychain service: choose another place.</source>
        <translation>Dieser Rechner hat keinen Schlüsselbund-Dienst: Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Written to a file in the profile that only you can read. It is not encrypted.</source>
        <translation>Wird in eine Datei im Profil geschrieben, die nur Sie lesen können. Sie ist nicht verschlüsselt.</translation>
    </message>
    <message>
        <source>The name of the variable.</source>
        <translation>Der Name der Variable.</translation>
    </message>
    <message>
        <source>env:NAME or file:/path is taken as a reference, not as a key.</source>
        <translation>env:NAME oder file:/Pfad gilt als Verweis, nicht als Schlüssel.</translation>
    </message>
    <message>
        <source>Type the variable&apos;s name above instead of the key. Whoever starts the gateway sets it.</source>
        <translation>Geben Sie oben statt des Schlüssels den Namen der Variablen ein. Wer das Gateway startet, setzt sie.</translation>
    </message>
    <message>
        <source>What is stored moves there when you save.</source>
        <translation>Was gespeichert ist, zieht beim Speichern dorthin um.</translation>
    </message>
</context>
<context>
    <name>sb::ui::ChartTableModel</name>
    <message>
        <source>%1 (unfinished)</source>
        <translation>%1 (unvollständig)</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
</context>
<context>
    <name>sb::ui::ChartView</name>
    <message>
        <source>V</source>
        <translation>V</translation>
    </message>
    <message>
        <source>Export %1</source>
        <translation>%1 exportieren</translation>
    </message>
    <message>
        <source>Copy as image</source>
        <translation>Als Bild kopieren</translation>
    </message>
    <message>
        <source>Copy as CSV</source>
        <translation>Als CSV kopieren</translation>
    </message>
    <message>
        <source>Save as CSV...</source>
        <translation>Als CSV speichern...</translation>
    </message>
    <message>
        <source>CSV files (*.csv)</source>
        <translation>CSV-Dateien (*.csv)</translation>
    </message>
    <message>
        <source>Save as image...</source>
        <translation>Als Bild speichern...</translation>
    </message>
    <message>
        <source>PNG images (*.png)</source>
        <translation>PNG-Bilder (*.png)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>total %1</source>
        <translation>gesamt %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>%1 as table</source>
        <translation>%1 als Tabelle</translation>
    </message>
    <message>
        <source>%1 as chart</source>
        <translation>%1 als Diagramm</translation>
    </message>
</context>
<context>
    <name>sb::ui::CommandPalette</name>
    <message>
        <source>Search or run</source>
        <translation>Suchen oder ausführen</translation>
    </message>
    <message>
        <source>Search pages, actions and services</source>
        <translation>Seiten, Aktionen und Dienste durchsuchen</translation>
    </message>
    <message>
        <source>Matches</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>kind: title</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>sb::ui::ConnectionDetails</name>
    <message>
        <source>Base URL</source>
        <translation>Basis-URL</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüsselliste</translation>
    </message>
    <message>
        <source>Revoke key</source>
        <translation>Schlüssel widerrufen</translation>
    </message>
    <message>
        <source>New key</source>
        <translation>Neuer Schlüssel</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Created</source>
        <translation>Erstellt</translation>
    </message>
    <message>
        <source>Expires</source>
        <translation>Läuft ab</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Try in Prompt Lab</source>
        <translation>Im Prompt Lab ausprobieren</translation>
    </message>
    <message>
        <source>New key for</source>
        <translation>Neuer Schlüssel für</translation>
    </message>
    <message>
        <source>A further key of 90 days, for replacing one without an interruption: the older one stays valid until you revoke it.</source>
        <translation>Ein weiterer Schlüssel für 90 Tage, um einen ohne Unterbrechung zu ersetzen: der ältere bleibt gültig, bis Sie ihn widerrufen.</translation>
    </message>
    <message>
        <source>paste the key here</source>
        <translation>den Schlüssel hier einfügen</translation>
    </message>
    <message>
        <source>Choose a key first.</source>
        <translation>Wählen Sie zuerst einen Schlüssel.</translation>
    </message>
    <message>
        <source>This key is revoked already.</source>
        <translation>Dieser Schlüssel ist schon widerrufen.</translation>
    </message>
</context>
<context>
    <name>sb::ui::ConnectionForm</name>
    <message>
        <source>new connection message</source>
        <translation>Meldung zur neuen Verbindung</translation>
    </message>
    <message>
        <source>Create connection</source>
        <translation>Verbindung anlegen</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>Never expires</source>
        <translation>Läuft nie ab</translation>
    </message>
    <message>
        <source>Target service</source>
        <translation>Zieldienst</translation>
    </message>
    <message>
        <source>Connection name</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>Who uses it: an application or a team.</source>
        <translation>Wer sie nutzt: eine Anwendung oder ein Team.</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Its costs are counted there.</source>
        <translation>Dort werden ihre Kosten gezählt.</translation>
    </message>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>Each gets a key of its own; the key decides which environment is called.</source>
        <translation>Jede bekommt einen eigenen Schlüssel; der Schlüssel entscheidet, welche Umgebung aufgerufen wird.</translation>
    </message>
    <message>
        <source>Keys are valid for</source>
        <translation>Schlüssel gelten</translation>
    </message>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
</context>
<context>
    <name>sb::ui::ConnectionsPage</name>
    <message>
        <source>New connection</source>
        <translation>Neue Verbindung</translation>
    </message>
    <message>
        <source>Delete connection</source>
        <translation>Verbindung löschen</translation>
    </message>
    <message>
        <source>Filter connections</source>
        <translation>Verbindungen filtern</translation>
    </message>
    <message>
        <source>connections message</source>
        <translation>Meldung zu Verbindungen</translation>
    </message>
    <message>
        <source>Connections table</source>
        <translation>Tabelle der Verbindungen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Target</source>
        <translation>Ziel</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Last used</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>never</source>
        <translation>nie</translation>
    </message>
    <message>
        <source>Connections</source>
        <translation>Verbindungen</translation>
    </message>
    <message>
        <source>Register a service first.</source>
        <translation>Registrieren Sie zuerst einen Dienst.</translation>
    </message>
    <message>
        <source>A connection gives a team a key for a service. Register a service first.</source>
        <translation>Eine Verbindung gibt einem Team einen Schlüssel für einen Dienst. Registrieren Sie zuerst einen Dienst.</translation>
    </message>
    <message>
        <source>Register service</source>
        <translation>Dienst registrieren</translation>
    </message>
    <message>
        <source>A connection gives a team its own key and address for a service.</source>
        <translation>Eine Verbindung gibt einem Team seinen eigenen Schlüssel und die Adresse für einen Dienst.</translation>
    </message>
    <message>
        <source>Create the first connection</source>
        <translation>Die erste Verbindung anlegen</translation>
    </message>
    <message>
        <source>No connection matches “%1”.</source>
        <translation>Keine Verbindung passt zu „%1“.</translation>
    </message>
    <message>
        <source>Revoke this key?</source>
        <translation>Diesen Schlüssel widerrufen?</translation>
    </message>
    <message>
        <source>Programs that use the key sbx_%1 for %2 are refused at once, everywhere. This cannot be undone.</source>
        <translation>Programme, die den Schlüssel sbx_%1 für %2 nutzen, werden sofort und überall abgewiesen. Das lässt sich nicht rückgängig machen.</translation>
    </message>
    <message>
        <source>Revoke key now</source>
        <translation>Schlüssel jetzt widerrufen</translation>
    </message>
    <message>
        <source>Keep it</source>
        <translation>Behalten</translation>
    </message>
    <message>
        <source>Key revoked.</source>
        <translation>Schlüssel widerrufen.</translation>
    </message>
    <message>
        <source>Connection “%1” deleted; its keys no longer work.</source>
        <translation>Verbindung „%1“ gelöscht; ihre Schlüssel gelten nicht mehr.</translation>
    </message>
    <message>
        <source>Delete a connection of production?</source>
        <translation>Eine Verbindung der Produktion löschen?</translation>
    </message>
    <message>
        <source>Programs that use %1 in production are refused at once.</source>
        <translation>Programme, die %1 in der Produktion nutzen, werden sofort abgewiesen.</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>%1 (route)</source>
        <translation>%1 (Route)</translation>
    </message>
</context>
<context>
    <name>sb::ui::CopyField</name>
    <message>
        <source>Copy %1</source>
        <translation>%1 kopieren</translation>
    </message>
</context>
<context>
    <name>sb::ui::DashboardsPage</name>
    <message>
        <source>Dashboard tabs</source>
        <translation>Reiter der Dashboards</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Übersicht</translation>
    </message>
    <message>
        <source>Dashboards</source>
        <translation>Dashboards</translation>
    </message>
</context>
<context>
    <name>sb::ui::DatabasesPage</name>
    <message>
        <source>from the command line</source>
        <translation>aus der Kommandozeile</translation>
    </message>
    <message>
        <source>from DATABASE_URL</source>
        <translation>aus DATABASE_URL</translation>
    </message>
    <message>
        <source>from the settings</source>
        <translation>aus den Einstellungen</translation>
    </message>
    <message>
        <source>the default: a file in the profile</source>
        <translation>die Voreinstellung: eine Datei im Profil</translation>
    </message>
    <message>
        <source>database message</source>
        <translation>Meldung zur Datenbank</translation>
    </message>
    <message>
        <source>Databases</source>
        <translation>Datenbanken</translation>
    </message>
    <message>
        <source>Where Signalbox keeps its own data. Registering other databases comes with a later release.</source>
        <translation>Wo Signalbox seine eigenen Daten hält. Das Registrieren anderer Datenbanken kommt mit einer späteren Version.</translation>
    </message>
    <message>
        <source>Check now</source>
        <translation>Jetzt prüfen</translation>
    </message>
    <message>
        <source>Change the database</source>
        <translation>Datenbank wechseln</translation>
    </message>
    <message>
        <source>Connected store</source>
        <translation>Verbundener Speicher</translation>
    </message>
    <message>
        <source>State</source>
        <translation>Zustand</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Engine</source>
        <translation>Datenbanksystem</translation>
    </message>
    <message>
        <source>Answers in</source>
        <translation>Antwortet in</translation>
    </message>
    <message>
        <source>Schema version</source>
        <translation>Schemaversion</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Requests recorded</source>
        <translation>Aufgezeichnete Anfragen</translation>
    </message>
    <message>
        <source>Waiting to be written</source>
        <translation>Warten aufs Schreiben</translation>
    </message>
    <message>
        <source>In the gateway&apos;s journal</source>
        <translation>Im Journal des Gateways</translation>
    </message>
    <message>
        <source>Records set aside</source>
        <translation>Beiseitegelegte Datensätze</translation>
    </message>
    <message>
        <source>Backup before the last upgrade</source>
        <translation>Sicherung vor der letzten Umstellung</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>none was needed</source>
        <translation>keine nötig gewesen</translation>
    </message>
    <message>
        <source>healthy</source>
        <translation>gesund</translation>
    </message>
    <message>
        <source>opening</source>
        <translation>wird geöffnet</translation>
    </message>
    <message>
        <source>not reachable</source>
        <translation>nicht erreichbar</translation>
    </message>
    <message>
        <source>The database does not answer. It is tried again by itself; the gateway goes on and keeps what it records in its journal.</source>
        <translation>Die Datenbank antwortet nicht. Es wird von selbst wieder versucht; das Gateway läuft weiter und behält seine Aufzeichnungen in seinem Journal.</translation>
    </message>
    <message>
        <source>Try now</source>
        <translation>Jetzt versuchen</translation>
    </message>
    <message>
        <source>of a newer Signalbox</source>
        <translation>von einem neueren Signalbox</translation>
    </message>
    <message>
        <source>This database was upgraded by a newer Signalbox. Nothing was changed; update this program or choose another database.</source>
        <translation>Diese Datenbank wurde von einem neueren Signalbox umgestellt. Nichts wurde geändert; aktualisieren Sie dieses Programm oder wählen Sie eine andere Datenbank.</translation>
    </message>
    <message>
        <source>damaged</source>
        <translation>beschädigt</translation>
    </message>
    <message>
        <source>This is not a sound database of Signalbox. Nothing was changed; restore a backup or choose another one.</source>
        <translation>Das ist keine intakte Datenbank von Signalbox. Nichts wurde geändert; spielen Sie eine Sicherung ein oder wählen Sie eine andere.</translation>
    </message>
    <message numerus="yes">
        <source>%n job(s)</source>
        <translation>
            <numerusform>%n Auftrag</numerusform>
            <numerusform>%n Aufträge</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n record(s)</source>
        <translation>
            <numerusform>%n Datensatz</numerusform>
            <numerusform>%n Datensätze</numerusform>
        </translation>
    </message>
    <message>
        <source>, the oldest for %1</source>
        <translation>, der älteste seit %1</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>degraded</source>
        <translation>beeinträchtigt</translation>
    </message>
    <message>
        <source>It answers slowly.</source>
        <translation>Sie antwortet langsam.</translation>
    </message>
    <message>
        <source>Records wait longer than half a minute.</source>
        <translation>Datensätze warten länger als eine halbe Minute.</translation>
    </message>
    <message>
        <source>%1, the newest because of: %2</source>
        <translation>%1, der neueste wegen: %2</translation>
    </message>
    <message>
        <source>Some records could not be stored and are set aside. They are tried again whenever the gateway starts.</source>
        <translation>Einige Datensätze konnten nicht gespeichert werden und sind beiseitegelegt. Bei jedem Start des Gateways werden sie erneut versucht.</translation>
    </message>
    <message>
        <source>The database does not answer. It is tried again by itself; the gateway is not running either.</source>
        <translation>Die Datenbank antwortet nicht. Sie wird von selbst wieder versucht; auch das Gateway läuft nicht.</translation>
    </message>
</context>
<context>
    <name>sb::ui::Decision</name>
    <message>
        <source>Selected model</source>
        <translation>Gewähltes Modell</translation>
    </message>
    <message>
        <source>Selected service</source>
        <translation>Gewählter Dienst</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Version of the route</source>
        <translation>Version der Route</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>Alternatives considered</source>
        <translation>Erwogene Alternativen</translation>
    </message>
    <message>
        <source>Decision factors</source>
        <translation>Entscheidungsgrößen</translation>
    </message>
    <message>
        <source>Limits on the path</source>
        <translation>Limits auf dem Weg</translation>
    </message>
    <message>
        <source>Held</source>
        <translation>Vorgemerkt</translation>
    </message>
    <message>
        <source>Completion maximum sent</source>
        <translation>Gesendete Obergrenze der Antwort</translation>
    </message>
    <message>
        <source>Booked</source>
        <translation>Gebucht</translation>
    </message>
    <message>
        <source>Seed of the draw</source>
        <translation>Startwert der Auslosung</translation>
    </message>
    <message>
        <source>prompt tokens %1</source>
        <translation>Prompt-Token %1</translation>
    </message>
    <message>
        <source>completion tokens %1</source>
        <translation>Antwort-Token %1</translation>
    </message>
    <message>
        <source>cost $%1</source>
        <translation>Kosten $%1</translation>
    </message>
    <message>
        <source>weights %1</source>
        <translation>Gewichte %1</translation>
    </message>
    <message>
        <source>because: %1</source>
        <translation>weil: %1</translation>
    </message>
    <message>
        <source>the path names the service, the key its environment</source>
        <translation>der Pfad nennt den Dienst, der Schlüssel seine Umgebung</translation>
    </message>
    <message>
        <source>the policy&apos;s first choice</source>
        <translation>die erste Wahl der Regel</translation>
    </message>
    <message>
        <source>the targets before it failed</source>
        <translation>die Ziele davor schlugen fehl</translation>
    </message>
    <message>
        <source>the model names the service</source>
        <translation>das Modell nennt den Dienst</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>not needed</source>
        <translation>nicht benötigt</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>it is switched off</source>
        <translation>es ist abgeschaltet</translation>
    </message>
    <message>
        <source>it is not configured in the environment</source>
        <translation>es ist in der Umgebung nicht konfiguriert</translation>
    </message>
    <message>
        <source>the key may not use it</source>
        <translation>der Schlüssel darf es nicht benutzen</translation>
    </message>
    <message>
        <source>it speaks another format</source>
        <translation>es spricht ein anderes Format</translation>
    </message>
    <message>
        <source>its secret could not be read</source>
        <translation>sein Geheimnis war nicht lesbar</translation>
    </message>
    <message>
        <source>its weight is 0</source>
        <translation>sein Gewicht ist 0</translation>
    </message>
    <message>
        <source>priority</source>
        <translation>Priorität</translation>
    </message>
    <message>
        <source>weighted</source>
        <translation>gewichtet</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>No decision was taken: the request named its service.</source>
        <translation>Es wurde keine Entscheidung getroffen: Die Anfrage nannte ihren Dienst.</translation>
    </message>
    <message>
        <source>No decision was recorded.</source>
        <translation>Es wurde keine Entscheidung aufgezeichnet.</translation>
    </message>
    <message>
        <source>The decision record cannot be read; it is shown below as it was stored.</source>
        <translation>Das Entscheidungsprotokoll ist nicht lesbar; es steht unten, wie es gespeichert wurde.</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>a fact of a decision and its value</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>sb::ui::DeletedServices</name>
    <message>
        <source>Deleted services</source>
        <translation>Gelöschte Dienste</translation>
    </message>
    <message>
        <source>restore message</source>
        <translation>Meldung zum Wiederherstellen</translation>
    </message>
    <message>
        <source>Restore</source>
        <translation>Wiederherstellen</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Context path</source>
        <translation>Context Path</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>Gelöscht</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>Kürzlich gelöscht</translation>
    </message>
    <message>
        <source>Kept for 30 days. Restoring checks that name and context path are still free.</source>
        <translation>Wird 30 Tage aufbewahrt. Beim Wiederherstellen wird geprüft, ob Name und Context Path noch frei sind.</translation>
    </message>
    <message>
        <source>Back to services</source>
        <translation>Zurück zu den Diensten</translation>
    </message>
    <message>
        <source>Nothing was deleted lately.</source>
        <translation>In letzter Zeit wurde nichts gelöscht.</translation>
    </message>
</context>
<context>
    <name>sb::ui::DetailsStep</name>
    <message>
        <source>Allow http without encryption: key and prompts can be read in the network</source>
        <translation>http ohne Verschlüsselung erlauben: Schlüssel und Prompts sind im Netz lesbar</translation>
    </message>
    <message>
        <source>Publish in the Marketplace</source>
        <translation>Auf dem Marktplatz veröffentlichen</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Geltungsbereich</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Context Path</source>
        <translation>Context Path</translation>
    </message>
    <message>
        <source>Service URL</source>
        <translation>Service-URL</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Kurzbeschreibung</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Separated by commas, such as chat, embeddings.</source>
        <translation>Durch Kommas getrennt, etwa chat, embeddings.</translation>
    </message>
    <message>
        <source>%1 of %2 characters</source>
        <translation>%1 von %2 Zeichen</translation>
    </message>
    <message>
        <source>Organization: every project may use it</source>
        <translation>Organisation: jedes Projekt darf ihn nutzen</translation>
    </message>
    <message>
        <source>Project %1 only</source>
        <translation>Nur Projekt %1</translation>
    </message>
    <message>
        <source>Clients call %1</source>
        <translation>Clients rufen %1 auf</translation>
    </message>
    <message>
        <source>Whether this path is free could not be checked. %1</source>
        <translation>Ob dieser Pfad frei ist, konnte nicht geprüft werden. %1</translation>
    </message>
</context>
<context>
    <name>sb::ui::DrainDialog</name>
    <message>
        <source>Closing Signalbox</source>
        <translation>Signalbox wird beendet</translation>
    </message>
    <message>
        <source>Stop now</source>
        <translation>Jetzt beenden</translation>
    </message>
    <message numerus="yes">
        <source>The gateway is finishing %n running request(s).</source>
        <translation>
            <numerusform>Das Gateway führt noch %n laufende Anfrage zu Ende.</numerusform>
            <numerusform>Das Gateway führt noch %n laufende Anfragen zu Ende.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Signalbox closes in at most %n second(s).</source>
        <translation>
            <numerusform>Signalbox schließt in höchstens %n Sekunde.</numerusform>
            <numerusform>Signalbox schließt in höchstens %n Sekunden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::EnvironmentConfigurations</name>
    <message>
        <source>configuration message</source>
        <translation>Meldung zur Konfiguration</translation>
    </message>
    <message>
        <source>Save and deploy</source>
        <translation>Speichern und bereitstellen</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Configured environments</source>
        <translation>Konfigurierte Umgebungen</translation>
    </message>
    <message>
        <source>Saving configures and deploys it.</source>
        <translation>Speichern konfiguriert sie und stellt sie bereit.</translation>
    </message>
    <message>
        <source>revision %1, deployed %2</source>
        <translation>Revision %1, bereitgestellt %2</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>%1 is saved and deployed.</source>
        <translation>%1 ist gespeichert und bereitgestellt.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>service in environment</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>%1 has its former values again, except for the key: the old one is not kept, so the new one stays.</source>
        <translation>%1 hat wieder die früheren Werte, außer dem Schlüssel: Der alte wird nicht aufbewahrt, deshalb bleibt der neue.</translation>
    </message>
    <message>
        <source>%1 has its former values again.</source>
        <translation>%1 hat wieder die früheren Werte.</translation>
    </message>
</context>
<context>
    <name>sb::ui::EnvironmentForm</name>
    <message>
        <source>Configure this environment</source>
        <translation>Diese Umgebung konfigurieren</translation>
    </message>
    <message>
        <source>Backend Security</source>
        <translation>Zugang zum Anbieter</translation>
    </message>
    <message>
        <source>Token-based rate limiting</source>
        <translation>Begrenzung nach Token</translation>
    </message>
    <message>
        <source>Same as %1</source>
        <translation>Wie %1</translation>
    </message>
    <message>
        <source>Copies header and limits, never the key.</source>
        <translation>Kopiert Header und Limits, nie den Schlüssel.</translation>
    </message>
</context>
<context>
    <name>sb::ui::EnvironmentsStep</name>
    <message>
        <source>Environments</source>
        <translation>Umgebungen</translation>
    </message>
    <message>
        <source>configured, %1</source>
        <translation>konfiguriert, %1</translation>
    </message>
    <message>
        <source>not configured</source>
        <translation>nicht konfiguriert</translation>
    </message>
</context>
<context>
    <name>sb::ui::FigureCards</name>
    <message>
        <source>%1 (check)</source>
        <translation>%1 (prüfen)</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>figure: value</comment>
        <translation>%1: %2</translation>
    </message>
</context>
<context>
    <name>sb::ui::Findings</name>
    <message>
        <source>Service %1</source>
        <translation>Dienst %1</translation>
    </message>
    <message>
        <source>Route %1</source>
        <translation>Route %1</translation>
    </message>
    <message>
        <source>Key %1</source>
        <translation>Schlüssel %1</translation>
    </message>
    <message>
        <source>Limit %1</source>
        <translation>Limit %1</translation>
    </message>
    <message>
        <source>Journal</source>
        <translation>Journal</translation>
    </message>
    <message>
        <source>Its secret %1 is missing. Enter it in the service&apos;s configuration.</source>
        <translation>Sein Geheimnis %1 fehlt. Geben Sie es in der Konfiguration des Dienstes ein.</translation>
    </message>
    <message>
        <source>Its secret %1 is not there on this computer. Enter it in the service&apos;s configuration.</source>
        <translation>Sein Geheimnis %1 ist auf diesem Rechner nicht vorhanden. Geben Sie es in der Konfiguration des Dienstes ein.</translation>
    </message>
    <message>
        <source>Its secret %1 may not be read: it belongs to another address, or the keychain or its file is closed to this program.</source>
        <translation>Sein Geheimnis %1 darf nicht gelesen werden: Es gehört zu einer anderen Adresse, oder Schlüsselbund oder Datei sind diesem Programm verschlossen.</translation>
    </message>
    <message>
        <source>Its secret %1 could not be read: the keychain is locked or does not answer.</source>
        <translation>Sein Geheimnis %1 konnte nicht gelesen werden: Der Schlüsselbund ist gesperrt oder antwortet nicht.</translation>
    </message>
    <message>
        <source>Its secret %1 could not be read.</source>
        <translation>Sein Geheimnis %1 konnte nicht gelesen werden.</translation>
    </message>
    <message>
        <source>%1 in %2</source>
        <comment>a service or key, an environment</comment>
        <translation>%1 in %2</translation>
    </message>
    <message>
        <source>Its context path %1 cannot be used.</source>
        <translation>Sein Context Path %1 ist nicht verwendbar.</translation>
    </message>
    <message>
        <source>Its context path %1 is taken by another service.</source>
        <translation>Seinen Context Path %1 hat schon ein anderer Dienst.</translation>
    </message>
    <message>
        <source>Its environment does not exist any more.</source>
        <translation>Seine Umgebung gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Its service URL cannot be used. Correct it in the service&apos;s details.</source>
        <translation>Seine Service URL ist nicht verwendbar. Berichtigen Sie sie in den Angaben zum Dienst.</translation>
    </message>
    <message>
        <source>Its authorization header %1 cannot be sent.</source>
        <translation>Sein Autorisierungs-Header %1 kann nicht gesendet werden.</translation>
    </message>
    <message>
        <source>Its secret %1 contains a line break or another control character.</source>
        <translation>Sein Geheimnis %1 enthält einen Zeilenumbruch oder ein anderes Steuerzeichen.</translation>
    </message>
    <message>
        <source>Its target %1 is no service that can be used.</source>
        <translation>Sein Ziel %1 ist kein verwendbarer Dienst.</translation>
    </message>
    <message>
        <source>None of its targets is a service that can be used.</source>
        <translation>Keines seiner Ziele ist ein verwendbarer Dienst.</translation>
    </message>
    <message>
        <source>Its connection does not exist any more.</source>
        <translation>Seine Verbindung gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>What its connection called does not exist any more.</source>
        <translation>Was seine Verbindung aufrief, gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>What its connection calls is not configured in this environment.</source>
        <translation>Was seine Verbindung aufruft, ist in dieser Umgebung nicht konfiguriert.</translation>
    </message>
    <message>
        <source>Another key has the same digest.</source>
        <translation>Ein anderer Schlüssel hat denselben Prüfwert.</translation>
    </message>
    <message>
        <source>No request can reach it: what it limits is not configured or has no key.</source>
        <translation>Keine Anfrage kann es erreichen: Was es begrenzt, ist nicht konfiguriert oder hat keinen Schlüssel.</translation>
    </message>
    <message>
        <source>It limits money, but no model has a price.</source>
        <translation>Es begrenzt Geld, aber kein Modell hat einen Preis.</translation>
    </message>
    <message>
        <source>A damaged part of the journal was set aside: %1</source>
        <translation>Ein beschädigter Teil des Journals wurde beiseitegelegt: %1</translation>
    </message>
</context>
<context>
    <name>sb::ui::GatewayPage</name>
    <message numerus="yes">
        <source>%n second(s)</source>
        <translation>
            <numerusform>%n Sekunde</numerusform>
            <numerusform>%n Sekunden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n Minute</numerusform>
            <numerusform>%n Minuten</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n hour(s)</source>
        <translation>
            <numerusform>%n Stunde</numerusform>
            <numerusform>%n Stunden</numerusform>
        </translation>
    </message>
    <message>
        <source>Traffic</source>
        <translation>Verkehr</translation>
    </message>
    <message>
        <source>Gateway address</source>
        <translation>Adresse des Gateways</translation>
    </message>
    <message>
        <source>Running for</source>
        <translation>Läuft seit</translation>
    </message>
    <message>
        <source>Requests per second</source>
        <translation>Anfragen pro Sekunde</translation>
    </message>
    <message>
        <source>Requests in flight</source>
        <translation>Laufende Anfragen</translation>
    </message>
    <message>
        <source>Open streams</source>
        <translation>Offene Streams</translation>
    </message>
    <message>
        <source>Open connections</source>
        <translation>Offene Verbindungen</translation>
    </message>
    <message>
        <source>Records on their way to the database</source>
        <translation>Datensätze auf dem Weg in die Datenbank</translation>
    </message>
    <message>
        <source>Configuration</source>
        <translation>Konfiguration</translation>
    </message>
    <message>
        <source>Check configuration</source>
        <translation>Konfiguration prüfen</translation>
    </message>
    <message>
        <source>not served</source>
        <translation>nicht bedient</translation>
    </message>
    <message>
        <source>warning</source>
        <translation>Warnung</translation>
    </message>
    <message>
        <source>Severity</source>
        <translation>Schwere</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>Wo</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>Configuration findings</source>
        <translation>Befunde zur Konfiguration</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>gateway failure</source>
        <translation>Ausfall des Gateways</translation>
    </message>
    <message>
        <source>gateway exposure</source>
        <translation>Erreichbarkeit des Gateways</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>gestoppt</translation>
    </message>
    <message>
        <source>starting</source>
        <translation>startet</translation>
    </message>
    <message>
        <source>running</source>
        <translation>läuft</translation>
    </message>
    <message>
        <source>finishing open requests</source>
        <translation>beendet offene Anfragen</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>Stop gateway</source>
        <translation>Gateway stoppen</translation>
    </message>
    <message>
        <source>Start gateway</source>
        <translation>Gateway starten</translation>
    </message>
    <message>
        <source>Wait until the gateway has started or stopped.</source>
        <translation>Warten Sie, bis das Gateway gestartet oder gestoppt ist.</translation>
    </message>
    <message>
        <source>Start the gateway to check what it serves.</source>
        <translation>Starten Sie das Gateway, um zu prüfen, was es bedient.</translation>
    </message>
    <message>
        <source>The configuration is checked while the gateway runs.</source>
        <translation>Die Konfiguration wird geprüft, während das Gateway läuft.</translation>
    </message>
    <message>
        <source>The gateway listens beyond this computer: whoever reaches %1 and has a key can use it. Put TLS in front of it.</source>
        <translation>Das Gateway lauscht über diesen Rechner hinaus: Wer %1 erreicht und einen Schlüssel hat, kann es nutzen. Setzen Sie TLS davor.</translation>
    </message>
    <message>
        <source>Use a free port</source>
        <translation>Freien Port nehmen</translation>
    </message>
    <message>
        <source>not running</source>
        <translation>läuft nicht</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>%1, the oldest for %2</source>
        <translation>%1, der älteste seit %2</translation>
    </message>
    <message>
        <source>No problem found: everything that is registered is served.</source>
        <translation>Kein Problem gefunden: Alles, was registriert ist, wird bedient.</translation>
    </message>
    <message>
        <source>gateway disk</source>
        <translation>Datenträger des Gateways</translation>
    </message>
    <message>
        <source>, %1 of them in memory only</source>
        <translation>, davon %1 nur im Arbeitsspeicher</translation>
    </message>
    <message>
        <source>The disk is full. Requests that a limit counts are refused; the others go on as long as memory can hold their records, which would be lost if the program ended now. Free some space: everything goes on by itself.</source>
        <translation>Der Datenträger ist voll. Anfragen, die ein Limit zählt, werden abgelehnt; die übrigen gehen weiter, solange der Arbeitsspeicher ihre Datensätze aufnimmt, die verloren wären, wenn das Programm jetzt endete. Schaffen Sie Platz: Alles geht von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>sb::ui::GeneralDetails</name>
    <message>
        <source>details message</source>
        <translation>Meldung zu den Einzelheiten</translation>
    </message>
    <message>
        <source>Invoke URL</source>
        <translation>Aufruf-URL</translation>
    </message>
    <message>
        <source>Save changes</source>
        <translation>Änderungen speichern</translation>
    </message>
    <message>
        <source>Revert</source>
        <translation>Zurücksetzen</translation>
    </message>
    <message>
        <source>Published in the Marketplace</source>
        <translation>Auf dem Marktplatz veröffentlicht</translation>
    </message>
    <message>
        <source>Allow http without encryption: key and prompts can be read in the network</source>
        <translation>http ohne Verschlüsselung erlauben: Schlüssel und Prompts sind im Netz lesbar</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Context Path</source>
        <translation>Context Path</translation>
    </message>
    <message>
        <source>Fixed: clients call it.</source>
        <translation>Fest: Clients rufen ihn auf.</translation>
    </message>
    <message>
        <source>Service URL</source>
        <translation>Service-URL</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Kurzbeschreibung</translation>
    </message>
    <message>
        <source>Version</source>
        <translation>Version</translation>
    </message>
    <message>
        <source>Labels</source>
        <translation>Schlagwörter</translation>
    </message>
    <message>
        <source>Separated by commas.</source>
        <translation>Durch Kommas getrennt.</translation>
    </message>
    <message>
        <source>%1, for every project</source>
        <translation>%1, für jedes Projekt</translation>
    </message>
    <message>
        <source>%1, for one project</source>
        <translation>%1, für ein Projekt</translation>
    </message>
    <message>
        <source>Nothing was changed.</source>
        <translation>Nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Another address</source>
        <translation>Eine andere Adresse</translation>
    </message>
    <message>
        <source>The stored keys were given for %1. From now on they would be sent to %2.</source>
        <translation>Die gespeicherten Schlüssel wurden für %1 angegeben. Von nun an würden sie an %2 gesendet.</translation>
    </message>
    <message>
        <source>Send keys there</source>
        <translation>Schlüssel dorthin senden</translation>
    </message>
    <message>
        <source>Keep the old address</source>
        <translation>Alte Adresse behalten</translation>
    </message>
    <message>
        <source>%1 is saved.</source>
        <translation>%1 ist gespeichert.</translation>
    </message>
    <message>
        <source>Reload</source>
        <translation>Neu laden</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>%1 has its former details again.</source>
        <translation>%1 hat wieder die früheren Angaben.</translation>
    </message>
</context>
<context>
    <name>sb::ui::HomePage</name>
    <message>
        <source>home message</source>
        <translation>Meldung der Startseite</translation>
    </message>
    <message>
        <source>First steps</source>
        <translation>Erste Schritte</translation>
    </message>
    <message>
        <source>No key at hand?</source>
        <translation>Kein Schlüssel zur Hand?</translation>
    </message>
    <message>
        <source>Try it without a key</source>
        <translation>Ohne Schlüssel ausprobieren</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>Start</translation>
    </message>
    <message>
        <source>Register service</source>
        <translation>Dienst registrieren</translation>
    </message>
    <message>
        <source>Register a GenAI service</source>
        <translation>Einen GenAI-Dienst registrieren</translation>
    </message>
    <message>
        <source>Register my first service</source>
        <translation>Meinen ersten Dienst registrieren</translation>
    </message>
    <message>
        <source>Make a connection key</source>
        <translation>Einen Verbindungsschlüssel erstellen</translation>
    </message>
    <message>
        <source>Make a key</source>
        <translation>Schlüssel erstellen</translation>
    </message>
    <message>
        <source>Get a first answer through the gateway</source>
        <translation>Eine erste Antwort durch das Gateway erhalten</translation>
    </message>
    <message>
        <source>Open Prompt Lab</source>
        <translation>Prompt Lab öffnen</translation>
    </message>
    <message>
        <source>Set a limit</source>
        <translation>Limit setzen</translation>
    </message>
    <message>
        <source>Set a limit for a service</source>
        <translation>Ein Limit für einen Dienst setzen</translation>
    </message>
    <message>
        <source>The built-in simulator answers like a provider does, on this computer and at no cost.</source>
        <translation>Der eingebaute Simulator antwortet wie ein Anbieter, auf diesem Rechner und kostenlos.</translation>
    </message>
    <message>
        <source>The gateway could not start at %1. %2</source>
        <translation>Das Gateway konnte unter %1 nicht starten. %2</translation>
    </message>
    <message>
        <source>The gateway is stopped: nothing is served at %1.</source>
        <translation>Das Gateway ist gestoppt: Unter %1 wird nichts bedient.</translation>
    </message>
    <message>
        <source>Start gateway</source>
        <translation>Gateway starten</translation>
    </message>
    <message>
        <source>%1: done</source>
        <translation>%1: erledigt</translation>
    </message>
    <message numerus="yes">
        <source>%1 in 24 h, %n request(s)</source>
        <translation>
            <numerusform>%1 in 24 h, %n Anfrage</numerusform>
            <numerusform>%1 in 24 h, %n Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>Open %1</source>
        <translation>%1 öffnen</translation>
    </message>
</context>
<context>
    <name>sb::ui::IssuedKeysPanel</name>
    <message>
        <source>Try in Prompt Lab</source>
        <translation>Im Prompt Lab ausprobieren</translation>
    </message>
    <message>
        <source>I have copied the keys</source>
        <translation>Ich habe die Schlüssel kopiert</translation>
    </message>
    <message>
        <source>Keys of %1, shown only now</source>
        <translation>Schlüssel von %1, nur jetzt sichtbar</translation>
    </message>
    <message>
        <source>Copy each key where it is used: only a hash is stored, so no one can show it again</source>
        <translation>Kopieren Sie jeden Schlüssel dorthin, wo er gebraucht wird: Gespeichert wird nur ein Hash, niemand kann ihn also noch einmal zeigen</translation>
    </message>
    <message>
        <source>Base URL</source>
        <translation>Basis-URL</translation>
    </message>
    <message>
        <source>Key for %1</source>
        <translation>Schlüssel für %1</translation>
    </message>
</context>
<context>
    <name>sb::ui::LabHistory</name>
    <message>
        <source>Search history</source>
        <translation>Verlauf durchsuchen</translation>
    </message>
    <message>
        <source>Reuse</source>
        <translation>Wiederverwenden</translation>
    </message>
    <message>
        <source>Delete run</source>
        <translation>Lauf löschen</translation>
    </message>
    <message>
        <source>Show older</source>
        <translation>Ältere zeigen</translation>
    </message>
    <message>
        <source>When</source>
        <translation>Wann</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>Frage</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>History</source>
        <translation>Verlauf</translation>
    </message>
    <message>
        <source>Questions and answers are kept here until you delete them.</source>
        <translation>Fragen und Antworten bleiben hier, bis Sie sie löschen.</translation>
    </message>
    <message>
        <source>No run contains “%1”.</source>
        <translation>Kein Lauf enthält „%1“.</translation>
    </message>
    <message>
        <source>Run deleted.</source>
        <translation>Lauf gelöscht.</translation>
    </message>
    <message>
        <source>Asked model</source>
        <translation>Gefragtes Modell</translation>
    </message>
</context>
<context>
    <name>sb::ui::LaneView</name>
    <message>
        <source>lane message</source>
        <translation>Meldung zur Antwort</translation>
    </message>
    <message>
        <source>Answer and raw exchange</source>
        <translation>Antwort und Rohdaten</translation>
    </message>
    <message>
        <source>Answer text</source>
        <translation>Text der Antwort</translation>
    </message>
    <message>
        <source>Reasoning text</source>
        <translation>Text der Überlegung</translation>
    </message>
    <message>
        <source>Raw request text</source>
        <translation>Text der Rohanfrage</translation>
    </message>
    <message>
        <source>Raw response text</source>
        <translation>Text der Rohantwort</translation>
    </message>
    <message>
        <source>Header text</source>
        <translation>Text der Header</translation>
    </message>
    <message>
        <source>Time to first token</source>
        <translation>Zeit bis zum ersten Token</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>Tempo</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Token ein</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>Token aus</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>The answer appears here as it arrives.</source>
        <translation>Die Antwort erscheint hier, während sie eintrifft.</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>Raw request</source>
        <translation>Rohanfrage</translation>
    </message>
    <message>
        <source>Raw response</source>
        <translation>Rohantwort</translation>
    </message>
    <message>
        <source>Headers</source>
        <translation>Header</translation>
    </message>
    <message>
        <source>%1 · %2 · %3</source>
        <translation>%1 · %2 · %3</translation>
    </message>
    <message>
        <source>Waiting</source>
        <translation>Wartet</translation>
    </message>
    <message>
        <source>Streaming</source>
        <translation>Trifft ein</translation>
    </message>
    <message>
        <source>From the history</source>
        <translation>Aus dem Verlauf</translation>
    </message>
    <message>
        <source>%1 → %2</source>
        <translation>%1 → %2</translation>
    </message>
</context>
<context>
    <name>sb::ui::LimitsForm</name>
    <message>
        <source>Minute</source>
        <translation>Minute</translation>
    </message>
    <message>
        <source>Hour</source>
        <translation>Stunde</translation>
    </message>
    <message>
        <source>Day</source>
        <translation>Tag</translation>
    </message>
    <message>
        <source>Time Unit</source>
        <translation>Zeiteinheit</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>kein Limit</translation>
    </message>
    <message>
        <source>Max Prompt Token Count</source>
        <translation>Max. Prompt-Token</translation>
    </message>
    <message>
        <source>Max Completion Token Count</source>
        <translation>Max. Completion-Token</translation>
    </message>
    <message>
        <source>Max Total Token Count</source>
        <translation>Max. Token insgesamt</translation>
    </message>
    <message>
        <source>Sums over all requests in the time unit. 100 000, 90k and 1.5M are understood.</source>
        <translation>Summen über alle Anfragen in der Zeiteinheit. 100 000, 90k und 1.5M werden verstanden.</translation>
    </message>
    <message>
        <source>Max Request Count</source>
        <translation>Max. Anfragen</translation>
    </message>
    <message>
        <source>Max Cost in USD</source>
        <translation>Max. Kosten in USD</translation>
    </message>
    <message>
        <source>Per time unit as above, such as 25.00.</source>
        <translation>Je Zeiteinheit wie oben, etwa 25.00.</translation>
    </message>
    <message>
        <source>Prompt tokens of one request</source>
        <translation>Prompt-Token einer Anfrage</translation>
    </message>
    <message>
        <source>A longer prompt is refused before it is sent.</source>
        <translation>Ein längerer Prompt wird abgelehnt, bevor er gesendet wird.</translation>
    </message>
    <message>
        <source>Completion tokens of one request</source>
        <translation>Completion-Token einer Anfrage</translation>
    </message>
    <message>
        <source>A longer answer is cut at this length.</source>
        <translation>Eine längere Antwort wird bei dieser Länge abgeschnitten.</translation>
    </message>
    <message>
        <source>Total tokens of one request</source>
        <translation>Token einer Anfrage insgesamt</translation>
    </message>
    <message>
        <source>More limits</source>
        <translation>Weitere Limits</translation>
    </message>
    <message>
        <source>Per request</source>
        <translation>Pro Anfrage</translation>
    </message>
    <message>
        <source>A calendar day in the organization&apos;s time zone.</source>
        <translation>Ein Kalendertag in der Zeitzone der Organisation.</translation>
    </message>
    <message>
        <source>Rolling: always the last %1.</source>
        <translation>Gleitend: immer die letzten %1.</translation>
    </message>
    <message>
        <source>60 minutes</source>
        <translation>60 Minuten</translation>
    </message>
    <message>
        <source>60 seconds</source>
        <translation>60 Sekunden</translation>
    </message>
    <message>
        <source>per minute</source>
        <translation>je Minute</translation>
    </message>
    <message>
        <source>per hour</source>
        <translation>je Stunde</translation>
    </message>
    <message>
        <source>per day</source>
        <translation>je Tag</translation>
    </message>
    <message>
        <source>per month</source>
        <translation>je Monat</translation>
    </message>
    <message>
        <source>%1 prompt tokens</source>
        <translation>%1 Prompt-Token</translation>
    </message>
    <message>
        <source>%1 completion tokens</source>
        <translation>%1 Completion-Token</translation>
    </message>
    <message>
        <source>%1 tokens in total</source>
        <translation>%1 Token insgesamt</translation>
    </message>
    <message>
        <source>requests: %1</source>
        <translation>Anfragen: %1</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>window: maxima</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>(switched off)</source>
        <translation>(abgeschaltet)</translation>
    </message>
    <message>
        <source>(only counted)</source>
        <translation>(nur gezählt)</translation>
    </message>
    <message>
        <source>These limits stay as they are. A form cannot show several of them; change them in the configuration file, with “signalboxctl export” and “signalboxctl apply”.</source>
        <translation>Diese Limits bleiben, wie sie sind. Ein Formular kann nicht mehrere davon zeigen; ändern Sie sie in der Konfigurationsdatei, mit „signalboxctl export“ und „signalboxctl apply“.</translation>
    </message>
</context>
<context>
    <name>sb::ui::ListColumns</name>
    <message>
        <source>Shift+F10 arranges the columns.</source>
        <translation>Umschalt+F10 ordnet die Spalten.</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>Spalten</translation>
    </message>
    <message>
        <source>Reset columns</source>
        <translation>Spalten zurücksetzen</translation>
    </message>
    <message>
        <source>Move %1 before %2</source>
        <translation>%1 vor %2 schieben</translation>
    </message>
    <message>
        <source>Move %1 behind %2</source>
        <translation>%1 hinter %2 schieben</translation>
    </message>
    <message>
        <source>Sort by %1, ascending</source>
        <translation>Nach %1 aufsteigend sortieren</translation>
    </message>
    <message>
        <source>Sort by %1, descending</source>
        <translation>Nach %1 absteigend sortieren</translation>
    </message>
</context>
<context>
    <name>sb::ui::MainWindow</name>
    <message>
        <source>DB &amp; Services</source>
        <translation>DB &amp; Dienste</translation>
    </message>
    <message>
        <source>Signalbox</source>
        <translation>Signalbox</translation>
    </message>
    <message>
        <source>Environment in view</source>
        <translation>Betrachtete Umgebung</translation>
    </message>
    <message>
        <source>Search or run</source>
        <translation>Suchen oder ausführen</translation>
    </message>
    <message>
        <source>Any environment</source>
        <translation>Alle Umgebungen</translation>
    </message>
    <message>
        <source>&amp;File</source>
        <translation>&amp;Datei</translation>
    </message>
    <message>
        <source>&amp;Register service</source>
        <translation>Dienst &amp;registrieren</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>&amp;Beenden</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>&amp;Bearbeiten</translation>
    </message>
    <message>
        <source>&amp;Undo last deletion</source>
        <translation>Letztes Löschen &amp;rückgängig machen</translation>
    </message>
    <message>
        <source>&amp;View</source>
        <translation>&amp;Ansicht</translation>
    </message>
    <message>
        <source>&amp;Refresh</source>
        <translation>A&amp;ktualisieren</translation>
    </message>
    <message>
        <source>&amp;Search or run…</source>
        <translation>&amp;Suchen oder ausführen …</translation>
    </message>
    <message>
        <source>Choose &amp;environment</source>
        <translation>&amp;Umgebung wählen</translation>
    </message>
    <message>
        <source>Theme: as the &amp;system</source>
        <translation>Farben: wie das Sys&amp;tem</translation>
    </message>
    <message>
        <source>Theme: &amp;light</source>
        <translation>Farben: &amp;hell</translation>
    </message>
    <message>
        <source>Theme: &amp;dark</source>
        <translation>Farben: &amp;dunkel</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>&amp;Gehe zu</translation>
    </message>
    <message>
        <source>&amp;Back</source>
        <translation>&amp;Zurück</translation>
    </message>
    <message>
        <source>&amp;Forward</source>
        <translation>&amp;Vor</translation>
    </message>
    <message>
        <source>G&amp;ateway</source>
        <translation>Gate&amp;way</translation>
    </message>
    <message>
        <source>&amp;Start gateway</source>
        <translation>Gateway &amp;starten</translation>
    </message>
    <message>
        <source>&amp;Stop gateway</source>
        <translation>Gateway s&amp;toppen</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Action</source>
        <translation>Aktion</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>jetzt nicht möglich</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>&amp;Next area</source>
        <translation>&amp;Nächster Bereich</translation>
    </message>
    <message>
        <source>&amp;Previous area</source>
        <translation>&amp;Voriger Bereich</translation>
    </message>
    <message>
        <source>Close Signalbox?</source>
        <translation>Signalbox schließen?</translation>
    </message>
    <message>
        <source>Something is not saved yet, or is shown only once: %1.</source>
        <translation>Hier ist etwas noch nicht gespeichert oder wird nur einmal gezeigt: %1.</translation>
    </message>
    <message>
        <source>Close without saving</source>
        <translation>Ohne Speichern schließen</translation>
    </message>
    <message>
        <source>Keep open</source>
        <translation>Offen lassen</translation>
    </message>
    <message>
        <source>start message</source>
        <translation>Meldung beim Start</translation>
    </message>
    <message>
        <source>Open Settings</source>
        <translation>Einstellungen öffnen</translation>
    </message>
</context>
<context>
    <name>sb::ui::MessageBar</name>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Details of %1</source>
        <translation>Einzelheiten: %1</translation>
    </message>
    <message>
        <source>Dismiss %1</source>
        <translation>Ausblenden: %1</translation>
    </message>
    <message>
        <source>Text of the details of %1</source>
        <translation>Text der Einzelheiten: %1</translation>
    </message>
    <message numerus="yes">
        <source>%1 (%n times)</source>
        <translation>
            <numerusform>%1 (%n-mal)</numerusform>
            <numerusform>%1 (%n-mal)</numerusform>
        </translation>
    </message>
    <message>
        <source>Hide details</source>
        <translation>Einzelheiten ausblenden</translation>
    </message>
</context>
<context>
    <name>sb::ui::Overview</name>
    <message>
        <source>unchanged</source>
        <translation>unverändert</translation>
    </message>
    <message>
        <source>%1 more</source>
        <translation>%1 mehr</translation>
    </message>
    <message>
        <source>%1 less</source>
        <translation>%1 weniger</translation>
    </message>
    <message>
        <source>%1 points more</source>
        <translation>%1 Punkte mehr</translation>
    </message>
    <message>
        <source>%1 points less</source>
        <translation>%1 Punkte weniger</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>Andere</translation>
    </message>
    <message>
        <source>(none)</source>
        <translation>(keine)</translation>
    </message>
    <message>
        <source>today</source>
        <translation>heute</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>month to date</source>
        <translation>Monat bis heute</translation>
    </message>
    <message>
        <source>last month</source>
        <translation>letzter Monat</translation>
    </message>
    <message>
        <source>chosen days</source>
        <translation>gewählte Tage</translation>
    </message>
    <message>
        <source>by this time yesterday</source>
        <translation>gestern bis zu dieser Zeit</translation>
    </message>
    <message>
        <source>in the 24 hours before</source>
        <translation>in den 24 Stunden davor</translation>
    </message>
    <message>
        <source>in the 7 days before</source>
        <translation>in den 7 Tagen davor</translation>
    </message>
    <message>
        <source>in the 30 days before</source>
        <translation>in den 30 Tagen davor</translation>
    </message>
    <message>
        <source>in the 90 days before</source>
        <translation>in den 90 Tagen davor</translation>
    </message>
    <message>
        <source>in the same part of last month</source>
        <translation>im selben Teil des letzten Monats</translation>
    </message>
    <message>
        <source>in the month before</source>
        <translation>im Monat davor</translation>
    </message>
    <message>
        <source>in as many days before</source>
        <translation>in ebenso vielen Tagen davor</translation>
    </message>
    <message>
        <source>model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>than %1</source>
        <translation>als %1</translation>
    </message>
    <message>
        <source>Spend</source>
        <translation>Ausgaben</translation>
    </message>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Tokens in</source>
        <translation>Token ein</translation>
    </message>
    <message>
        <source>Tokens out</source>
        <translation>Token aus</translation>
    </message>
    <message>
        <source>Error rate</source>
        <translation>Fehlerquote</translation>
    </message>
    <message>
        <source>p95 latency</source>
        <translation>p95-Latenz</translation>
    </message>
    <message>
        <source>Unpriced</source>
        <translation>Ohne Preis</translation>
    </message>
    <message>
        <source>not in the spend</source>
        <translation>nicht in den Ausgaben</translation>
    </message>
    <message>
        <source>Estimated</source>
        <translation>Geschätzt</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln Anfrage</numerusform>
            <numerusform>%Ln Anfragen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spend is %1 on %Ln request(s); what was %2 is no longer known exactly in this time zone.</source>
        <translation>
            <numerusform>Die Ausgaben betragen %1 für %Ln Anfrage; was %2 war, ist in dieser Zeitzone nicht mehr genau bekannt.</numerusform>
            <numerusform>Die Ausgaben betragen %1 für %Ln Anfragen; was %2 war, ist in dieser Zeitzone nicht mehr genau bekannt.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spend is %1 on %Ln request(s); there was no traffic %2 to compare with.</source>
        <translation>
            <numerusform>Die Ausgaben betragen %1 für %Ln Anfrage; %2 gab es keinen Verkehr zum Vergleich.</numerusform>
            <numerusform>Die Ausgaben betragen %1 für %Ln Anfragen; %2 gab es keinen Verkehr zum Vergleich.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Spend is %1 on %Ln request(s), against %2 %3.</source>
        <translation>
            <numerusform>Die Ausgaben betragen %1 für %Ln Anfrage, gegenüber %2 %3.</numerusform>
            <numerusform>Die Ausgaben betragen %1 für %Ln Anfragen, gegenüber %2 %3.</numerusform>
        </translation>
    </message>
    <message>
        <source>requests %1</source>
        <translation>Anfragen %1</translation>
    </message>
    <message>
        <source>priced requests %1</source>
        <translation>Anfragen mit Preis %1</translation>
    </message>
    <message>
        <source>cost per request %1</source>
        <translation>Kosten pro Anfrage %1</translation>
    </message>
    <message>
        <source>Spend is %1, as much as %2: %3.</source>
        <translation>Die Ausgaben betragen %1, so viel wie %2: %3.</translation>
    </message>
    <message>
        <source>Spend is %1, %2 than %3: %4.</source>
        <translation>Die Ausgaben betragen %1, %2 als %3: %4.</translation>
    </message>
    <message>
        <source>Newest request %1</source>
        <translation>Neueste Anfrage %1</translation>
    </message>
    <message>
        <source>No request yet</source>
        <translation>Noch keine Anfrage</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unpriced</source>
        <translation>
            <numerusform>%Ln ohne Preis</numerusform>
            <numerusform>%Ln ohne Preis</numerusform>
        </translation>
    </message>
    <message>
        <source>%1 estimated</source>
        <translation>%1 geschätzt</translation>
    </message>
    <message>
        <source>Sample data</source>
        <translation>Beispieldaten</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Cost by %1</source>
        <translation>Kosten nach %1</translation>
    </message>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
    <message>
        <source>Cost by %1, %2, total %3</source>
        <translation>Kosten nach %1, %2, gesamt %3</translation>
    </message>
    <message>
        <source>: %1</source>
        <translation>: %1</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Tokens by class</source>
        <translation>Token nach Klasse</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Cache read</source>
        <translation>Cache gelesen</translation>
    </message>
    <message>
        <source>Cache write</source>
        <translation>Cache geschrieben</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>Tokens, %1, total %2</source>
        <translation>Token, %1, gesamt %2</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>Latency percentiles</source>
        <translation>Perzentile der Latenz</translation>
    </message>
    <message>
        <source>p50</source>
        <translation>p50</translation>
    </message>
    <message>
        <source>p95</source>
        <translation>p95</translation>
    </message>
    <message>
        <source>p99</source>
        <translation>p99</translation>
    </message>
    <message>
        <source>First token p95</source>
        <translation>Erstes Token p95</translation>
    </message>
    <message>
        <source>p50 %1</source>
        <translation>p50 %1</translation>
    </message>
    <message>
        <source>p95 %1</source>
        <translation>p95 %1</translation>
    </message>
    <message>
        <source>first token p95 %1</source>
        <translation>erstes Token p95 %1</translation>
    </message>
    <message>
        <source>Latency, %1: no successful request</source>
        <translation>Latenz, %1: keine erfolgreiche Anfrage</translation>
    </message>
    <message>
        <source>Latency of successful requests, %1: %2</source>
        <translation>Latenz erfolgreicher Anfragen, %1: %2</translation>
    </message>
    <message>
        <source>Includes sample data</source>
        <translation>Mit Beispieldaten</translation>
    </message>
</context>
<context>
    <name>sb::ui::OverviewPage</name>
    <message>
        <source>dashboard message</source>
        <translation>Meldung zum Dashboard</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>The file was not written. Choose another folder.</source>
        <translation>Die Datei wurde nicht geschrieben. Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>No environment is ticked, so there is nothing to show.</source>
        <translation>Es ist keine Umgebung angekreuzt, also gibt es nichts zu zeigen.</translation>
    </message>
    <message>
        <source>There is traffic, but none of it is in the chosen period and environments.</source>
        <translation>Es gibt Verkehr, aber keinen im gewählten Zeitraum und in den gewählten Umgebungen.</translation>
    </message>
    <message>
        <source>No request has come through the gateway yet. Register a service or try the product with sample data.</source>
        <translation>Durch das Gateway kam noch keine Anfrage. Registrieren Sie einen Dienst oder probieren Sie das Programm mit Beispieldaten aus.</translation>
    </message>
    <message>
        <source>Go to Home</source>
        <translation>Zur Startseite</translation>
    </message>
    <message>
        <source>Saved as %1.</source>
        <translation>Gespeichert als %1.</translation>
    </message>
</context>
<context>
    <name>sb::ui::PlotView</name>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>no data</source>
        <translation>keine Daten</translation>
    </message>
    <message>
        <source>%1 (unfinished)</source>
        <translation>%1 (unvollständig)</translation>
    </message>
</context>
<context>
    <name>sb::ui::PromptForm</name>
    <message>
        <source>How the model should behave (optional)</source>
        <translation>Wie sich das Modell verhalten soll (optional)</translation>
    </message>
    <message>
        <source>What you want to know</source>
        <translation>Was Sie wissen möchten</translation>
    </message>
    <message>
        <source>The provider&apos;s own</source>
        <translation>Vorgabe des Anbieters</translation>
    </message>
    <message>
        <source>The model&apos;s own, 0 to 2</source>
        <translation>Vorgabe des Modells, 0 bis 2</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>System</source>
        <translation>System</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Maximum tokens</source>
        <translation>Höchstzahl Token</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>Write a number from 0 to 2, or leave it empty.</source>
        <translation>Schreiben Sie eine Zahl von 0 bis 2 oder lassen Sie das Feld leer.</translation>
    </message>
    <message>
        <source>As the provider calls it</source>
        <translation>Wie der Anbieter es nennt</translation>
    </message>
    <message>
        <source>Show known models</source>
        <translation>Bekannte Modelle zeigen</translation>
    </message>
    <message>
        <source>Show known models (Alt+Down)</source>
        <translation>Bekannte Modelle zeigen (Alt+Abwärts)</translation>
    </message>
    <message>
        <source>Service or route</source>
        <translation>Dienst oder Route</translation>
    </message>
    <message>
        <source>%1 (route)</source>
        <translation>%1 (Route)</translation>
    </message>
    <message>
        <source>The route chooses the model</source>
        <translation>Die Route wählt das Modell</translation>
    </message>
</context>
<context>
    <name>sb::ui::PromptLabPage</name>
    <message>
        <source>Send</source>
        <translation>Senden</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Prompt Lab message</source>
        <translation>Meldung zum Prompt Lab</translation>
    </message>
    <message>
        <source>Prompt Lab</source>
        <translation>Prompt Lab</translation>
    </message>
    <message>
        <source>Ctrl+Enter</source>
        <translation>Strg+Eingabe</translation>
    </message>
    <message>
        <source>Esc</source>
        <translation>Esc</translation>
    </message>
    <message>
        <source>There is nothing to ask yet: register a service first.</source>
        <translation>Es gibt noch nichts zu fragen: Registrieren Sie zuerst einen Dienst.</translation>
    </message>
    <message>
        <source>Register service</source>
        <translation>Dienst registrieren</translation>
    </message>
    <message>
        <source>Start gateway and send</source>
        <translation>Gateway starten und senden</translation>
    </message>
    <message>
        <source>Send to production?</source>
        <translation>An die Produktion senden?</translation>
    </message>
    <message>
        <source>This question goes to %1 in production, with its key, its limits and real cost. Signalbox asks this once per start.</source>
        <translation>Diese Frage geht an %1 in der Produktion, mit deren Schlüssel, deren Limits und echten Kosten. Signalbox fragt das einmal pro Start.</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Open Gateway</source>
        <translation>Gateway öffnen</translation>
    </message>
</context>
<context>
    <name>sb::ui::ProviderStep</name>
    <message>
        <source>An API key of platform.openai.com (sk-…).</source>
        <translation>Ein API-Schlüssel von platform.openai.com (sk-…).</translation>
    </message>
    <message>
        <source>The resource&apos;s address, a key of it, and the names of your deployments.</source>
        <translation>Die Adresse der Ressource, ein Schlüssel dafür und die Namen Ihrer Deployments.</translation>
    </message>
    <message>
        <source>An API key of console.anthropic.com (sk-ant-…).</source>
        <translation>Ein API-Schlüssel von console.anthropic.com (sk-ant-…).</translation>
    </message>
    <message>
        <source>An API key of console.mistral.ai.</source>
        <translation>Ein API-Schlüssel von console.mistral.ai.</translation>
    </message>
    <message>
        <source>The region, and a Bedrock API key or an AWS access key.</source>
        <translation>Die Region und ein Bedrock-API-Schlüssel oder ein AWS-Zugriffsschlüssel.</translation>
    </message>
    <message>
        <source>Any server that speaks the OpenAI format: vLLM, Ollama, llama.cpp, the simulator; a key if it wants one.</source>
        <translation>Jeder Server, der das OpenAI-Format spricht: vLLM, Ollama, llama.cpp, der Simulator; ein Schlüssel, wenn er einen verlangt.</translation>
    </message>
    <message>
        <source>Whose models should this service reach?</source>
        <translation>Wessen Modelle soll dieser Dienst erreichen?</translation>
    </message>
</context>
<context>
    <name>sb::ui::Rail</name>
    <message>
        <source>Navigation</source>
        <translation>Navigation</translation>
    </message>
</context>
<context>
    <name>sb::ui::RegistrationWizard</name>
    <message>
        <source>registration message</source>
        <translation>Meldung zur Registrierung</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Register</source>
        <translation>Registrieren</translation>
    </message>
    <message>
        <source>Register a GenAI Service</source>
        <translation>Einen GenAI-Dienst registrieren</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Environment configurations</source>
        <translation>Konfiguration der Umgebungen</translation>
    </message>
    <message>
        <source>Step %1 of 3: %2</source>
        <translation>Schritt %1 von 3: %2</translation>
    </message>
    <message>
        <source>Please wait…</source>
        <translation>Bitte warten …</translation>
    </message>
    <message>
        <source>Choose a provider to go on.</source>
        <translation>Wählen Sie einen Anbieter, um fortzufahren.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>This registration was begun before: go on with it, or start afresh.</source>
        <translation>Diese Registrierung wurde schon begonnen: Setzen Sie sie fort oder fangen Sie neu an.</translation>
    </message>
    <message>
        <source>Start afresh</source>
        <translation>Neu anfangen</translation>
    </message>
</context>
<context>
    <name>sb::ui::RequestDetailView</name>
    <message>
        <source>Request details</source>
        <translation>Einzelheiten der Anfrage</translation>
    </message>
    <message>
        <source>Property</source>
        <translation>Eigenschaft</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>Request summary</source>
        <translation>Zusammenfassung der Anfrage</translation>
    </message>
    <message>
        <source>Summary</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Decision record</source>
        <translation>Entscheidungsprotokoll</translation>
    </message>
    <message>
        <source>Decision</source>
        <translation>Entscheidung</translation>
    </message>
    <message>
        <source>Token class</source>
        <translation>Token-Klasse</translation>
    </message>
    <message>
        <source>Count</source>
        <translation>Anzahl</translation>
    </message>
    <message>
        <source>Price</source>
        <translation>Preis</translation>
    </message>
    <message>
        <source>Amount</source>
        <translation>Betrag</translation>
    </message>
    <message>
        <source>Cost by token class</source>
        <translation>Kosten nach Token-Klasse</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Usage as the provider reported it</source>
        <translation>Verbrauch, wie vom Anbieter gemeldet</translation>
    </message>
    <message>
        <source>Raw usage</source>
        <translation>Rohdaten des Verbrauchs</translation>
    </message>
    <message>
        <source>Error text</source>
        <translation>Fehlertext</translation>
    </message>
    <message>
        <source>Error</source>
        <translation>Fehler</translation>
    </message>
    <message>
        <source>No text was recorded.</source>
        <translation>Es wurde kein Text aufgezeichnet.</translation>
    </message>
    <message>
        <source>Request ID</source>
        <translation>Anfrage-ID</translation>
    </message>
    <message>
        <source>Copy as curl</source>
        <translation>Als curl kopieren</translation>
    </message>
    <message>
        <source>The service of this request no longer exists.</source>
        <translation>Den Dienst dieser Anfrage gibt es nicht mehr.</translation>
    </message>
    <message>
        <source>Start the gateway to get an address to call.</source>
        <translation>Starten Sie das Gateway, um eine Adresse zum Aufrufen zu erhalten.</translation>
    </message>
    <message>
        <source>A call of the same service and model. Prompts are not kept.</source>
        <translation>Ein Aufruf desselben Dienstes und Modells. Prompts werden nicht aufbewahrt.</translation>
    </message>
    <message>
        <source>The provider reported no usage.</source>
        <translation>Der Anbieter hat keinen Verbrauch gemeldet.</translation>
    </message>
    <message>
        <source>As the provider reported it, before it was made comparable:</source>
        <translation>Wie vom Anbieter gemeldet, bevor es vergleichbar gemacht wurde:</translation>
    </message>
</context>
<context>
    <name>sb::ui::RequestFilterBar</name>
    <message>
        <source>Last hour</source>
        <translation>Letzte Stunde</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>Any time</source>
        <translation>Jederzeit</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>Seit</translation>
    </message>
    <message>
        <source>In environment</source>
        <translation>In Umgebung</translation>
    </message>
    <message>
        <source>To service</source>
        <translation>An Dienst</translation>
    </message>
    <message>
        <source>part of the name</source>
        <translation>Teil des Namens</translation>
    </message>
    <message>
        <source>Model contains</source>
        <translation>Modell enthält</translation>
    </message>
    <message>
        <source>Any result</source>
        <translation>Jedes Ergebnis</translation>
    </message>
    <message>
        <source>Everything that failed</source>
        <translation>Alles Fehlgeschlagene</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>model contains &quot;%1&quot;</source>
        <translation>Modell enthält „%1“</translation>
    </message>
    <message>
        <source>Every environment</source>
        <translation>Jede Umgebung</translation>
    </message>
    <message>
        <source>Every service</source>
        <translation>Jeder Dienst</translation>
    </message>
</context>
<context>
    <name>sb::ui::Requests</name>
    <message>
        <source>unknown</source>
        <translation>unbekannt</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>Ergebnis</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>In</source>
        <translation>Ein</translation>
    </message>
    <message>
        <source>Out</source>
        <translation>Aus</translation>
    </message>
    <message>
        <source>Cost</source>
        <translation>Kosten</translation>
    </message>
    <message>
        <source>Latency</source>
        <translation>Latenz</translation>
    </message>
    <message>
        <source>First token</source>
        <translation>Erstes Token</translation>
    </message>
    <message>
        <source>Attempts</source>
        <translation>Versuche</translation>
    </message>
    <message>
        <source>none</source>
        <translation>ohne</translation>
    </message>
    <message>
        <source>no usage known</source>
        <translation>Verbrauch unbekannt</translation>
    </message>
    <message>
        <source>reported by the provider</source>
        <translation>vom Anbieter gemeldet</translation>
    </message>
    <message>
        <source>partly reported, rest estimated</source>
        <translation>teils gemeldet, Rest geschätzt</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>geschätzt</translation>
    </message>
    <message>
        <source>answered from the gateway&apos;s cache</source>
        <translation>aus dem Cache des Gateways beantwortet</translation>
    </message>
    <message>
        <source>gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Prompt Lab</source>
        <translation>Prompt Lab</translation>
    </message>
    <message>
        <source>test</source>
        <translation>Test</translation>
    </message>
    <message>
        <source>sample data</source>
        <translation>Beispieldaten</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Cache read</source>
        <translation>Cache gelesen</translation>
    </message>
    <message>
        <source>Cache write, 5 minutes</source>
        <translation>Cache geschrieben, 5 Minuten</translation>
    </message>
    <message>
        <source>Cache write, 1 hour</source>
        <translation>Cache geschrieben, 1 Stunde</translation>
    </message>
    <message>
        <source>Image input</source>
        <translation>Bildeingabe</translation>
    </message>
    <message>
        <source>Audio input</source>
        <translation>Audioeingabe</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Reasoning</source>
        <translation>Überlegung</translation>
    </message>
    <message>
        <source>Image output</source>
        <translation>Bildausgabe</translation>
    </message>
    <message>
        <source>Audio output</source>
        <translation>Audioausgabe</translation>
    </message>
    <message>
        <source>Web searches</source>
        <translation>Websuchen</translation>
    </message>
    <message>
        <source>no source noted</source>
        <translation>keine Quelle vermerkt</translation>
    </message>
    <message>
        <source>list price</source>
        <translation>Listenpreis</translation>
    </message>
    <message>
        <source>negotiated price of this service</source>
        <translation>ausgehandelter Preis dieses Dienstes</translation>
    </message>
    <message>
        <source>Price row %1 (%2, source: %3), valid from %4 to %5.</source>
        <translation>Preiszeile %1 (%2, Quelle: %3), gültig von %4 bis %5.</translation>
    </message>
    <message>
        <source>Price row %1 (%2, source: %3), valid since %4.</source>
        <translation>Preiszeile %1 (%2, Quelle: %3), gültig seit %4.</translation>
    </message>
    <message>
        <source>%1, HTTP %2</source>
        <translation>%1, HTTP %2</translation>
    </message>
    <message>
        <source>%1, the client was gone</source>
        <translation>%1, der Client war schon weg</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Route</source>
        <translation>Route</translation>
    </message>
    <message>
        <source>Model requested</source>
        <translation>Modell angefragt</translation>
    </message>
    <message>
        <source>Model sent</source>
        <translation>Modell gesendet</translation>
    </message>
    <message>
        <source>Model reported</source>
        <translation>Modell gemeldet</translation>
    </message>
    <message>
        <source>Tokens</source>
        <translation>Token</translation>
    </message>
    <message>
        <source>%1 in, %2 out, %3</source>
        <translation>%1 ein, %2 aus, %3</translation>
    </message>
    <message>
        <source>unpriced</source>
        <translation>ohne Preis</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>Antwort</translation>
    </message>
    <message>
        <source>streamed</source>
        <translation>gestreamt</translation>
    </message>
    <message>
        <source>in one piece</source>
        <translation>am Stück</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>Quelle</translation>
    </message>
    <message>
        <source>User</source>
        <translation>Benutzer</translation>
    </message>
    <message>
        <source>Session</source>
        <translation>Sitzung</translation>
    </message>
    <message>
        <source>Task</source>
        <translation>Aufgabe</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Tags</translation>
    </message>
    <message>
        <source>Client address</source>
        <translation>Adresse des Clients</translation>
    </message>
    <message>
        <source>Client program</source>
        <translation>Programm des Clients</translation>
    </message>
    <message>
        <source>the completion maximum was lowered to what the limits left</source>
        <translation>das Completion-Maximum wurde auf den Rest der Limits gesenkt</translation>
    </message>
    <message>
        <source>a fallback answered</source>
        <translation>ein Ersatz hat geantwortet</translation>
    </message>
    <message>
        <source>answered from the cache</source>
        <translation>aus dem Cache beantwortet</translation>
    </message>
    <message>
        <source>the provider&apos;s total differs from the sum of its parts</source>
        <translation>die Summe des Anbieters weicht von der Summe ihrer Teile ab</translation>
    </message>
    <message>
        <source>closed after a crash at its upper bound</source>
        <translation>nach einem Absturz mit der Obergrenze abgeschlossen</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Vermerke</translation>
    </message>
    <message>
        <source>Gateway before the provider&apos;s head</source>
        <translation>Gateway bis zum Antwortkopf des Anbieters</translation>
    </message>
    <message>
        <source>Provider until the first token</source>
        <translation>Anbieter bis zum ersten Token</translation>
    </message>
    <message>
        <source>Stream</source>
        <translation>Stream</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Gateway after the answer</source>
        <translation>Gateway nach der Antwort</translation>
    </message>
    <message>
        <source>No amount: no usage is known for this request.</source>
        <translation>Kein Betrag: Für diese Anfrage ist kein Verbrauch bekannt.</translation>
    </message>
    <message>
        <source>Unpriced: no price was in force for %1 at that time. The request is counted but not part of any spend.</source>
        <translation>Ohne Preis: Für %1 galt zu dieser Zeit kein Preis. Die Anfrage wird gezählt, gehört aber zu keinen Ausgaben.</translation>
    </message>
    <message>
        <source>Free: nothing was charged for this request.</source>
        <translation>Kostenlos: Für diese Anfrage wurde nichts berechnet.</translation>
    </message>
    <message>
        <source>Charged %1; the price row it was charged by is not known.</source>
        <translation>Berechnet wurden %1; die zugrunde liegende Preiszeile ist nicht bekannt.</translation>
    </message>
    <message>
        <source>$%1 each</source>
        <translation>je $%1</translation>
    </message>
    <message>
        <source>$%1 per 1 M</source>
        <translation>$%1 pro 1 M</translation>
    </message>
    <message>
        <source>Total</source>
        <translation>Summe</translation>
    </message>
    <message>
        <source>The recorded amount is %1; it was charged on other counts than these.</source>
        <translation>Der aufgezeichnete Betrag ist %1; berechnet wurde er nach anderen Mengen als diesen.</translation>
    </message>
    <message>
        <source>Failed attempts that were billed: %1, not part of the total above.</source>
        <translation>Berechnete Fehlversuche: %1, nicht Teil der Summe oben.</translation>
    </message>
    <message>
        <source>The request could not be understood and was not forwarded.</source>
        <translation>Die Anfrage war nicht zu verstehen und wurde nicht weitergeleitet.</translation>
    </message>
    <message>
        <source>The prompt is longer than the model accepts. Shorten it or choose a model with a larger context.</source>
        <translation>Der Prompt ist länger, als das Modell annimmt. Kürzen Sie ihn oder wählen Sie ein Modell mit größerem Kontext.</translation>
    </message>
    <message>
        <source>The provider&apos;s content filter refused it.</source>
        <translation>Der Inhaltsfilter des Anbieters hat sie abgelehnt.</translation>
    </message>
    <message>
        <source>The key was missing, unknown, revoked or expired. Make a new one on the Connections page.</source>
        <translation>Der Schlüssel fehlte, war unbekannt, widerrufen oder abgelaufen. Erstellen Sie auf der Seite Verbindungen einen neuen.</translation>
    </message>
    <message>
        <source>The key may not use this service, model or environment.</source>
        <translation>Der Schlüssel darf diesen Dienst, dieses Modell oder diese Umgebung nicht nutzen.</translation>
    </message>
    <message>
        <source>A browser page of an origin that is not allowed made the call.</source>
        <translation>Der Aufruf kam von einer Browserseite, deren Herkunft nicht erlaubt ist.</translation>
    </message>
    <message>
        <source>The budget is spent. Raise it or wait for its next period.</source>
        <translation>Das Budget ist ausgegeben. Erhöhen Sie es oder warten Sie auf den nächsten Zeitraum.</translation>
    </message>
    <message>
        <source>No service is registered under that context path in this environment.</source>
        <translation>Unter diesem Context Path ist in dieser Umgebung kein Dienst registriert.</translation>
    </message>
    <message>
        <source>No route or model of that name may be used with the key.</source>
        <translation>Mit dem Schlüssel darf keine Route und kein Modell dieses Namens benutzt werden.</translation>
    </message>
    <message>
        <source>The request body is larger than the gateway accepts.</source>
        <translation>Der Rumpf der Anfrage ist größer, als das Gateway annimmt.</translation>
    </message>
    <message>
        <source>The prompt exceeds the per-request maximum. Shorten it or raise the maximum.</source>
        <translation>Der Prompt überschreitet das Maximum pro Anfrage. Kürzen Sie ihn oder erhöhen Sie das Maximum.</translation>
    </message>
    <message>
        <source>A token window was full. The answer told the client when to try again.</source>
        <translation>Ein Token-Zeitfenster war voll. Die Antwort sagte dem Client, wann er es wieder versuchen soll.</translation>
    </message>
    <message>
        <source>A request window was full. The answer told the client when to try again.</source>
        <translation>Ein Anfragen-Zeitfenster war voll. Die Antwort sagte dem Client, wann er es wieder versuchen soll.</translation>
    </message>
    <message>
        <source>The provider&apos;s own rate limit was reached.</source>
        <translation>Das eigene Limit des Anbieters war erreicht.</translation>
    </message>
    <message>
        <source>The provider answered with an error.</source>
        <translation>Der Anbieter hat mit einem Fehler geantwortet.</translation>
    </message>
    <message>
        <source>The provider could not be reached. Check the service URL and the network.</source>
        <translation>Der Anbieter war nicht erreichbar. Prüfen Sie die Service-URL und das Netz.</translation>
    </message>
    <message>
        <source>The provider&apos;s key could not be read. Unlock the keychain or correct the reference.</source>
        <translation>Der Schlüssel des Anbieters konnte nicht gelesen werden. Entsperren Sie den Schlüsselbund oder korrigieren Sie den Verweis.</translation>
    </message>
    <message>
        <source>The provider took too long.</source>
        <translation>Der Anbieter brauchte zu lange.</translation>
    </message>
    <message>
        <source>The gateway was at its bounds; nothing was sent.</source>
        <translation>Das Gateway war ausgelastet; es wurde nichts gesendet.</translation>
    </message>
    <message>
        <source>The journal could not be written, so nothing was sent. Check the disk.</source>
        <translation>Das Journal konnte nicht geschrieben werden, also wurde nichts gesendet. Prüfen Sie den Datenträger.</translation>
    </message>
    <message>
        <source>Ended as: %1.</source>
        <translation>Beendet als: %1.</translation>
    </message>
    <message>
        <source>Ended as: %1 (%2).</source>
        <translation>Beendet als: %1 (%2).</translation>
    </message>
</context>
<context>
    <name>sb::ui::RequestsPage</name>
    <message>
        <source>Requests</source>
        <translation>Anfragen</translation>
    </message>
    <message>
        <source>Live</source>
        <translation>Live</translation>
    </message>
    <message>
        <source>request list message</source>
        <translation>Meldung zur Anfrageliste</translation>
    </message>
    <message>
        <source>Request list</source>
        <translation>Anfrageliste</translation>
    </message>
    <message>
        <source>%1 or more</source>
        <translation>%1 oder mehr</translation>
    </message>
    <message numerus="yes">
        <source>%Ln request(s)</source>
        <translation>
            <numerusform>%Ln Anfrage</numerusform>
            <numerusform>%Ln Anfragen</numerusform>
        </translation>
    </message>
    <message>
        <source>No request has come through the gateway yet. Register a service or try the product with sample data.</source>
        <translation>Durch das Gateway kam noch keine Anfrage. Registrieren Sie einen Dienst oder probieren Sie das Programm mit Beispieldaten aus.</translation>
    </message>
    <message>
        <source>Go to Home</source>
        <translation>Zur Startseite</translation>
    </message>
    <message>
        <source>No request matches: %1.</source>
        <translation>Keine Anfrage passt zu: %1.</translation>
    </message>
    <message>
        <source>newer requests exist</source>
        <translation>es gibt neuere Anfragen</translation>
    </message>
    <message>
        <source>paused: scroll to the top to follow</source>
        <translation>angehalten: zum Mitlaufen nach oben blättern</translation>
    </message>
    <message>
        <source>The list begins at the request that was opened.</source>
        <translation>Die Liste beginnt bei der geöffneten Anfrage.</translation>
    </message>
    <message>
        <source>Show the newest</source>
        <translation>Neueste zeigen</translation>
    </message>
    <message>
        <source>%1 · times in %2</source>
        <comment>a number of requests, a time zone</comment>
        <translation>%1 · Zeiten in %2</translation>
    </message>
</context>
<context>
    <name>sb::ui::ResultPage</name>
    <message>
        <source>Invoke URL</source>
        <translation>Aufruf-URL</translation>
    </message>
    <message>
        <source>result message</source>
        <translation>Meldung zum Ergebnis</translation>
    </message>
    <message>
        <source>Start gateway</source>
        <translation>Gateway starten</translation>
    </message>
    <message>
        <source>Create connection</source>
        <translation>Verbindung anlegen</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>1 year</source>
        <translation>1 Jahr</translation>
    </message>
    <message>
        <source>Never expires</source>
        <translation>Läuft nie ab</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>The address is the same in every environment: the key decides which one is used.</source>
        <translation>Die Adresse ist in jeder Umgebung dieselbe: Der Schlüssel entscheidet, welche benutzt wird.</translation>
    </message>
    <message>
        <source>Give it to a team</source>
        <translation>An ein Team geben</translation>
    </message>
    <message>
        <source>Connection name</source>
        <translation>Name der Verbindung</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Keys are valid for</source>
        <translation>Schlüssel gelten</translation>
    </message>
    <message>
        <source>Open in Prompt Lab</source>
        <translation>Im Prompt Lab öffnen</translation>
    </message>
    <message>
        <source>Register another</source>
        <translation>Weiteren registrieren</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>%1 is registered and published in the Marketplace.</source>
        <translation>%1 ist registriert und auf dem Marktplatz veröffentlicht.</translation>
    </message>
    <message>
        <source>%1 is registered.</source>
        <translation>%1 ist registriert.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>Keys, shown only now</source>
        <translation>Schlüssel, nur jetzt sichtbar</translation>
    </message>
    <message>
        <source>Copy each key where it is used. Only a hash is stored, so no one can show it again.</source>
        <translation>Kopieren Sie jeden Schlüssel dorthin, wo er gebraucht wird. Gespeichert wird nur ein Hash, niemand kann ihn also noch einmal zeigen.</translation>
    </message>
    <message>
        <source>Key for %1</source>
        <translation>Schlüssel für %1</translation>
    </message>
    <message>
        <source>curl for %1</source>
        <translation>curl für %1</translation>
    </message>
    <message>
        <source>The connection %1 is made.</source>
        <translation>Die Verbindung %1 ist angelegt.</translation>
    </message>
</context>
<context>
    <name>sb::ui::SampleDataBox</name>
    <message>
        <source>Sample data</source>
        <translation>Beispieldaten</translation>
    </message>
    <message>
        <source>Sample data written</source>
        <translation>Geschriebene Beispieldaten</translation>
    </message>
    <message>
        <source>Explore with sample data</source>
        <translation>Mit Beispieldaten erkunden</translation>
    </message>
    <message>
        <source>Stop writing sample data</source>
        <translation>Schreiben der Beispieldaten anhalten</translation>
    </message>
    <message>
        <source>Open Dashboards</source>
        <translation>Dashboards öffnen</translation>
    </message>
    <message>
        <source>Remove sample data</source>
        <translation>Beispieldaten entfernen</translation>
    </message>
    <message>
        <source>Two months of invented traffic show what the dashboards can do. It is marked as sample data and can be removed in one click.</source>
        <translation>Zwei Monate erfundener Verkehr zeigen, was die Dashboards können. Sie sind als Beispieldaten gekennzeichnet und lassen sich mit einem Klick entfernen.</translation>
    </message>
    <message>
        <source>Writing sample data…</source>
        <translation>Beispieldaten werden geschrieben …</translation>
    </message>
    <message>
        <source>The database holds sample data. Removing it leaves everything else.</source>
        <translation>Die Datenbank enthält Beispieldaten. Wer sie entfernt, behält alles andere.</translation>
    </message>
    <message>
        <source>Removing the sample data…</source>
        <translation>Beispieldaten werden entfernt …</translation>
    </message>
</context>
<context>
    <name>sb::ui::SampleMark</name>
    <message>
        <source>Leave out sample data</source>
        <translation>Beispieldaten weglassen</translation>
    </message>
    <message>
        <source>Remove sample data</source>
        <translation>Beispieldaten entfernen</translation>
    </message>
    <message>
        <source>Includes sample data: your own requests and invented ones are counted together.</source>
        <translation>Mit Beispieldaten: Eigene und erfundene Anfragen sind zusammengezählt.</translation>
    </message>
    <message>
        <source>Sample data: everything shown here is invented.</source>
        <translation>Beispieldaten: Alles, was hier steht, ist erfunden.</translation>
    </message>
</context>
<context>
    <name>sb::ui::ServiceDetailsPanel</name>
    <message>
        <source>Connections that use this service</source>
        <translation>Verbindungen, die diesen Dienst nutzen</translation>
    </message>
    <message>
        <source>Service details</source>
        <translation>Einzelheiten des Dienstes</translation>
    </message>
    <message>
        <source>General details</source>
        <translation>Allgemeines</translation>
    </message>
    <message>
        <source>Environment configurations</source>
        <translation>Konfiguration der Umgebungen</translation>
    </message>
    <message>
        <source>Used by</source>
        <translation>Benutzt von</translation>
    </message>
    <message>
        <source>Choose a service to see and edit it.</source>
        <translation>Wählen Sie einen Dienst, um ihn zu sehen und zu bearbeiten.</translation>
    </message>
    <message>
        <source>No connection uses this service yet.</source>
        <translation>Noch keine Verbindung nutzt diesen Dienst.</translation>
    </message>
    <message numerus="yes">
        <source>%n connection(s) use this service; while they do, it cannot be deleted.</source>
        <translation>
            <numerusform>%n Verbindung nutzt diesen Dienst; solange das so ist, kann er nicht gelöscht werden.</numerusform>
            <numerusform>%n Verbindungen nutzen diesen Dienst; solange das so ist, kann er nicht gelöscht werden.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>sb::ui::ServiceList</name>
    <message>
        <source>organization</source>
        <translation>Organisation</translation>
    </message>
    <message>
        <source>project %1</source>
        <translation>Projekt %1</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Scope</source>
        <translation>Geltungsbereich</translation>
    </message>
    <message>
        <source>Context path</source>
        <translation>Context Path</translation>
    </message>
    <message>
        <source>Requests 24 h</source>
        <translation>Anfragen 24 h</translation>
    </message>
    <message>
        <source>Cost 24 h</source>
        <translation>Kosten 24 h</translation>
    </message>
    <message>
        <source>unpriced</source>
        <translation>ohne Preis</translation>
    </message>
    <message>
        <source>%1 and %2 unpriced</source>
        <translation>%1 und %2 ohne Preis</translation>
    </message>
    <message>
        <source>Services</source>
        <translation>Dienste</translation>
    </message>
</context>
<context>
    <name>sb::ui::ServicesPage</name>
    <message>
        <source>GenAI Services</source>
        <translation>GenAI-Dienste</translation>
    </message>
    <message>
        <source>Filter services</source>
        <translation>Dienste filtern</translation>
    </message>
    <message>
        <source>services message</source>
        <translation>Meldung zu Diensten</translation>
    </message>
    <message>
        <source>Resume registration</source>
        <translation>Registrierung fortsetzen</translation>
    </message>
    <message>
        <source>Delete service</source>
        <translation>Dienst löschen</translation>
    </message>
    <message>
        <source>Recently deleted</source>
        <translation>Kürzlich gelöscht</translation>
    </message>
    <message>
        <source>Register service</source>
        <translation>Dienst registrieren</translation>
    </message>
    <message>
        <source>No GenAI service is registered yet. Register one to get an address and a key for it.</source>
        <translation>Es ist noch kein GenAI-Dienst registriert. Registrieren Sie einen, um eine Adresse und einen Schlüssel dafür zu erhalten.</translation>
    </message>
    <message>
        <source>Register the first service</source>
        <translation>Den ersten Dienst registrieren</translation>
    </message>
    <message>
        <source>No service matches “%1”.</source>
        <translation>Kein Dienst passt zu „%1“.</translation>
    </message>
    <message>
        <source>Choose a service first.</source>
        <translation>Wählen Sie zuerst einen Dienst.</translation>
    </message>
    <message>
        <source>Service “%1” deleted.</source>
        <translation>Dienst „%1“ gelöscht.</translation>
    </message>
    <message>
        <source>“%1” is used by connections and cannot be deleted: %2. Delete them first.</source>
        <translation>„%1“ wird von Verbindungen benutzt und kann nicht gelöscht werden: %2. Löschen Sie diese zuerst.</translation>
    </message>
    <message>
        <source>Retry</source>
        <translation>Erneut versuchen</translation>
    </message>
    <message>
        <source>“%1” is a target of routes and cannot be deleted: %2. Take it out of them first.</source>
        <translation>„%1“ ist Ziel von Routen und kann nicht gelöscht werden: %2. Nehmen Sie es zuerst dort heraus.</translation>
    </message>
    <message>
        <source>Your changes to “%1” are not saved. Save or revert them before you go on.</source>
        <translation>Ihre Änderungen an „%1“ sind nicht gespeichert. Speichern oder verwerfen Sie sie, bevor Sie weitergehen.</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>Änderungen verwerfen</translation>
    </message>
</context>
<context>
    <name>sb::ui::Settings</name>
    <message>
        <source>Default.</source>
        <translation>Voreinstellung.</translation>
    </message>
    <message>
        <source>Set here.</source>
        <translation>Hier gesetzt.</translation>
    </message>
    <message>
        <source>From the environment variable %1; unset it to change this here.</source>
        <translation>Aus der Umgebungsvariable %1; entfernen Sie sie, um dies hier zu ändern.</translation>
    </message>
    <message>
        <source>From the command line option --%1; start without it to change this here.</source>
        <translation>Aus der Kommandozeilenoption --%1; starten Sie ohne sie, um dies hier zu ändern.</translation>
    </message>
    <message>
        <source>not asked yet</source>
        <translation>noch nicht gefragt</translation>
    </message>
    <message>
        <source>available</source>
        <translation>verfügbar</translation>
    </message>
    <message>
        <source>locked or absent</source>
        <translation>gesperrt oder nicht vorhanden</translation>
    </message>
    <message>
        <source>no keychain service</source>
        <translation>kein Schlüsselbund-Dienst</translation>
    </message>
    <message>
        <source>Unlock the keychain of your desktop, then test again. Stored keys are not lost.</source>
        <translation>Entsperren Sie den Schlüsselbund Ihrer Arbeitsumgebung und testen Sie dann noch einmal. Gespeicherte Schlüssel sind nicht verloren.</translation>
    </message>
    <message>
        <source>Install and start a keychain (gnome-keyring or KWallet), or keep keys in environment variables or private files.</source>
        <translation>Installieren und starten Sie einen Schlüsselbund (gnome-keyring oder KWallet), oder halten Sie Schlüssel in Umgebungsvariablen oder privaten Dateien.</translation>
    </message>
    <message>
        <source>The settings were written by a newer Signalbox. What this one understands of them is used, and changes are not saved: update this program.</source>
        <translation>Die Einstellungen stammen von einem neueren Signalbox. Es gilt, was dieses davon versteht, und Änderungen werden nicht gespeichert: Aktualisieren Sie dieses Programm.</translation>
    </message>
    <message>
        <source>A setting could not be read; its default is used.</source>
        <translation>Eine Einstellung konnte nicht gelesen werden; ihre Voreinstellung gilt.</translation>
    </message>
    <message>
        <source>The damaged file could not be kept.</source>
        <translation>Die beschädigte Datei ließ sich nicht aufbewahren.</translation>
    </message>
    <message>
        <source>The damaged file is kept as %1.</source>
        <translation>Die beschädigte Datei liegt als %1.</translation>
    </message>
    <message>
        <source>The settings file was damaged, so the version before it is in use: what was changed last may be missing. %1 Check the settings.</source>
        <translation>Die Einstellungsdatei war beschädigt, daher gilt die Fassung davor: Was zuletzt geändert wurde, kann fehlen. %1 Prüfen Sie die Einstellungen.</translation>
    </message>
    <message>
        <source>The settings file was damaged, and there is no earlier version of it: every setting has its default. %1 Check the settings.</source>
        <translation>Die Einstellungsdatei war beschädigt, und es gibt keine frühere Fassung: Alle Einstellungen stehen auf ihrer Voreinstellung. %1 Prüfen Sie die Einstellungen.</translation>
    </message>
</context>
<context>
    <name>sb::ui::SettingsPage</name>
    <message>
        <source>Local hosts</source>
        <translation>Lokale Hosts</translation>
    </message>
    <message>
        <source>Model servers, separated by commas, whose names may lead into your own network. Takes effect the next time the gateway starts.</source>
        <translation>Modell-Server, durch Kommas getrennt, deren Namen in das eigene Netz führen dürfen. Gilt ab dem nächsten Start des Gateways.</translation>
    </message>
    <message>
        <source>Write host names without port, separated by commas. They are not saved yet.</source>
        <translation>Hostnamen ohne Port eingeben, durch Kommas getrennt. Sie sind noch nicht gespeichert.</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>General and appearance</source>
        <translation>Allgemeines und Darstellung</translation>
    </message>
    <message>
        <source>Start the gateway with the program</source>
        <translation>Gateway mit dem Programm starten</translation>
    </message>
    <message>
        <source>Listen address</source>
        <translation>Lauscht auf</translation>
    </message>
    <message>
        <source>At start</source>
        <translation>Beim Start</translation>
    </message>
    <message>
        <source>Gateway</source>
        <translation>Gateway</translation>
    </message>
    <message>
        <source>Use at the next start</source>
        <translation>Beim nächsten Start verwenden</translation>
    </message>
    <message>
        <source>Database URL</source>
        <translation>Datenbank-URL</translation>
    </message>
    <message>
        <source>Storage</source>
        <translation>Speicherung</translation>
    </message>
    <message>
        <source>Test keychain</source>
        <translation>Schlüsselbund testen</translation>
    </message>
    <message>
        <source>System keychain</source>
        <translation>Schlüsselbund des Systems</translation>
    </message>
    <message>
        <source>Secrets</source>
        <translation>Geheimnisse</translation>
    </message>
    <message>
        <source>The keychain is being asked.</source>
        <translation>Der Schlüsselbund wird gefragt.</translation>
    </message>
    <message>
        <source>settings message</source>
        <translation>Meldung zu Einstellungen</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>Einstellungen</translation>
    </message>
    <message>
        <source>Changes are kept on this computer and apply at once, unless they say when.</source>
        <translation>Änderungen bleiben auf diesem Rechner und gelten sofort, wenn nichts anderes dabeisteht.</translation>
    </message>
    <message>
        <source>%1 Takes effect at the next start.</source>
        <translation>%1 Wirkt ab dem nächsten Start.</translation>
    </message>
    <message>
        <source>%1 Takes effect the next time the gateway starts.</source>
        <translation>%1 Wirkt, wenn das Gateway das nächste Mal startet.</translation>
    </message>
    <message>
        <source>In use: %1</source>
        <translation>In Gebrauch: %1</translation>
    </message>
    <message>
        <source>%1 Empty means the SQLite file of the profile. A password is kept in the keychain. The database is opened at the next start of the program.</source>
        <translation>%1 Leer bedeutet die SQLite-Datei des Profils. Ein Passwort wird im Schlüsselbund aufbewahrt. Die Datenbank wird beim nächsten Start des Programms geöffnet.</translation>
    </message>
    <message>
        <source>This is no database URL: %1. It is not saved.</source>
        <translation>Das ist keine Datenbank-URL: %1. Sie ist nicht gespeichert.</translation>
    </message>
    <message>
        <source>The password could not be put into the keychain, so nothing is saved. %1</source>
        <translation>Das Passwort konnte nicht in den Schlüsselbund gelegt werden, also ist nichts gespeichert. %1</translation>
    </message>
    <message>
        <source>Saved. The database is opened at the next start of the program; nothing is copied from the present one.</source>
        <translation>Gespeichert. Die Datenbank wird beim nächsten Start des Programms geöffnet; aus der jetzigen wird nichts kopiert.</translation>
    </message>
    <message>
        <source>Language of the system</source>
        <translation>Sprache des Systems</translation>
    </message>
    <message>
        <source>Write it as HOST:PORT, for example 127.0.0.1:8484.</source>
        <translation>Schreiben Sie HOST:PORT, zum Beispiel 127.0.0.1:8484.</translation>
    </message>
    <message>
        <source>%1 It is not saved yet.</source>
        <translation>%1 Es ist noch nicht gespeichert.</translation>
    </message>
</context>
<context>
    <name>sb::ui::SimulatorHost</name>
    <message>
        <source>Built in: answers like a provider, on this computer, at no cost.</source>
        <translation>Eingebaut: antwortet wie ein Anbieter, auf diesem Rechner, kostenlos.</translation>
    </message>
</context>
<context>
    <name>sb::ui::SnippetTabs</name>
    <message>
        <source>Code snippets</source>
        <translation>Codebeispiele</translation>
    </message>
    <message>
        <source>Copy snippet</source>
        <translation>Beispiel kopieren</translation>
    </message>
    <message>
        <source>%1 snippet</source>
        <translation>Beispiel für %1</translation>
    </message>
</context>
<context>
    <name>sb::ui::StartFailure</name>
    <message>
        <source>Signalbox cannot keep its files and does not start.</source>
        <translation>Signalbox kann seine Dateien nicht ablegen und startet nicht.</translation>
    </message>
    <message>
        <source>%1. Make that folder writable for you, or start with --profile and another folder.</source>
        <translation>%1. Machen Sie diesen Ordner für sich beschreibbar, oder starten Sie mit --profile und einem anderen Ordner.</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Signalbox is running with this profile already, but its window does not answer.</source>
        <translation>Signalbox läuft mit diesem Profil schon, aber sein Fenster antwortet nicht.</translation>
    </message>
    <message>
        <source>Wait a moment and start it again. If nothing changes, end the process %1, or start with --profile and another folder.</source>
        <translation>Warten Sie einen Augenblick und starten Sie es erneut. Ändert sich nichts, beenden Sie den Prozess %1 oder starten Sie mit --profile und einem anderen Ordner.</translation>
    </message>
</context>
<context>
    <name>sb::ui::StatusStrip</name>
    <message>
        <source>Gateway running: %1</source>
        <translation>Gateway läuft: %1</translation>
    </message>
    <message>
        <source>Clients call this address.</source>
        <translation>Clients rufen diese Adresse auf.</translation>
    </message>
    <message>
        <source>Gateway starting</source>
        <translation>Gateway startet</translation>
    </message>
    <message>
        <source>Gateway stopping</source>
        <translation>Gateway wird beendet</translation>
    </message>
    <message>
        <source>Running requests are finished first.</source>
        <translation>Laufende Anfragen werden vorher zu Ende geführt.</translation>
    </message>
    <message>
        <source>Gateway failed</source>
        <translation>Gateway ausgefallen</translation>
    </message>
    <message>
        <source>Gateway stopped</source>
        <translation>Gateway gestoppt</translation>
    </message>
    <message>
        <source>Nothing is served until it is started.</source>
        <translation>Bis zum Start wird nichts bedient.</translation>
    </message>
    <message>
        <source>%1 requests/s</source>
        <translation>%1 Anfragen/s</translation>
    </message>
    <message numerus="yes">
        <source>, %n stream(s)</source>
        <translation>
            <numerusform>, %n Stream</numerusform>
            <numerusform>, %n Streams</numerusform>
        </translation>
    </message>
    <message>
        <source>, %1 not yet in the database</source>
        <translation>, %1 noch nicht in der Datenbank</translation>
    </message>
    <message>
        <source>%1 requests since the start</source>
        <translation>%1 Anfragen seit dem Start</translation>
    </message>
    <message>
        <source>Database ok</source>
        <translation>Datenbank ok</translation>
    </message>
    <message>
        <source>Database opening</source>
        <translation>Datenbank wird geöffnet</translation>
    </message>
    <message>
        <source>Database not reachable</source>
        <translation>Datenbank nicht erreichbar</translation>
    </message>
    <message>
        <source>%1. Nothing saved is lost; it is tried again by itself.</source>
        <translation>%1. Nichts Gespeichertes ist verloren; es wird von selbst wieder versucht.</translation>
    </message>
    <message>
        <source>Database is of a newer Signalbox</source>
        <translation>Datenbank stammt von einem neueren Signalbox</translation>
    </message>
    <message>
        <source>%1. Update this program; nothing was changed.</source>
        <translation>%1. Aktualisieren Sie dieses Programm; nichts wurde geändert.</translation>
    </message>
    <message>
        <source>Database damaged</source>
        <translation>Datenbank beschädigt</translation>
    </message>
    <message>
        <source>%1. Restore a backup.</source>
        <translation>%1. Spielen Sie eine Sicherung ein.</translation>
    </message>
    <message>
        <source>Keychain ok</source>
        <translation>Schlüsselbund ok</translation>
    </message>
    <message>
        <source>Provider keys are kept in the system keychain.</source>
        <translation>Schlüssel der Anbieter liegen im Schlüsselbund des Systems.</translation>
    </message>
    <message>
        <source>Keychain not checked yet</source>
        <translation>Schlüsselbund noch nicht geprüft</translation>
    </message>
    <message>
        <source>Keychain locked or unavailable</source>
        <translation>Schlüsselbund gesperrt oder nicht verfügbar</translation>
    </message>
    <message>
        <source>Unlock it, or keep keys in environment variables or 0600 files.</source>
        <translation>Entsperren Sie ihn oder halten Sie Schlüssel in Umgebungsvariablen oder 0600-Dateien.</translation>
    </message>
    <message>
        <source>No keychain service</source>
        <translation>Kein Schlüsselbund-Dienst</translation>
    </message>
    <message>
        <source>Keys can be kept in environment variables or 0600 files.</source>
        <translation>Schlüssel können in Umgebungsvariablen oder 0600-Dateien liegen.</translation>
    </message>
    <message>
        <source>Disk full</source>
        <translation>Datenträger voll</translation>
    </message>
    <message>
        <source>Requests that a limit counts are refused. Free some space: they go on by themselves.</source>
        <translation>Anfragen, die ein Limit zählt, werden abgelehnt. Schaffen Sie Platz: Sie gehen von selbst weiter.</translation>
    </message>
</context>
<context>
    <name>sb::ui::TestPanel</name>
    <message>
        <source>Address</source>
        <translation>Adresse</translation>
    </message>
    <message>
        <source>Connection</source>
        <translation>Verbindung</translation>
    </message>
    <message>
        <source>Certificate</source>
        <translation>Zertifikat</translation>
    </message>
    <message>
        <source>Key</source>
        <translation>Schlüssel</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>One token</source>
        <translation>Ein Token</translation>
    </message>
    <message>
        <source>checking…</source>
        <translation>wird geprüft …</translation>
    </message>
    <message>
        <source>ok</source>
        <translation>ok</translation>
    </message>
    <message>
        <source>failed</source>
        <translation>fehlgeschlagen</translation>
    </message>
    <message>
        <source>skipped</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>Test connection</source>
        <translation>Verbindung testen</translation>
    </message>
    <message>
        <source>Cancel test</source>
        <translation>Test abbrechen</translation>
    </message>
    <message>
        <source>Also ask a model for one token (costs a fraction of a cent)</source>
        <translation>Auch ein Modell um ein Token bitten (kostet einen Bruchteil eines Cents)</translation>
    </message>
    <message>
        <source>Model to ask</source>
        <translation>Zu fragendes Modell</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>Abgebrochen.</translation>
    </message>
    <message>
        <source>Optional: checks address, certificate, key and models without saving anything.</source>
        <translation>Optional: prüft Adresse, Zertifikat, Schlüssel und Modelle, ohne etwas zu speichern.</translation>
    </message>
    <message>
        <source>Testing…</source>
        <translation>Wird getestet …</translation>
    </message>
    <message>
        <source>Every check passed.</source>
        <translation>Jede Prüfung ist bestanden.</translation>
    </message>
    <message>
        <source>The test failed; registering is possible nevertheless.</source>
        <translation>Der Test ist fehlgeschlagen; registrieren geht trotzdem.</translation>
    </message>
    <message>
        <source>untested</source>
        <translation>ungetestet</translation>
    </message>
    <message>
        <source>test running</source>
        <translation>Test läuft</translation>
    </message>
    <message>
        <source>test passed</source>
        <translation>Test bestanden</translation>
    </message>
    <message>
        <source>test failed</source>
        <translation>Test fehlgeschlagen</translation>
    </message>
    <message>
        <source>%1: %2</source>
        <comment>check: outcome</comment>
        <translation>%1: %2</translation>
    </message>
    <message>
        <source>Write the name of the model to ask, or untick the question to it.</source>
        <translation>Geben Sie den Namen des zu fragenden Modells ein, oder nehmen Sie das Häkchen bei der Frage weg.</translation>
    </message>
    <message>
        <source>%1 (%2)</source>
        <comment>sentence (details)</comment>
        <translation>%1 (%2)</translation>
    </message>
    <message>
        <source>The key was not sent.</source>
        <translation>Der Schlüssel wurde nicht gesendet.</translation>
    </message>
</context>
<context>
    <name>sb::ui::TimelineBar</name>
    <message>
        <source>%1 %2</source>
        <translation>%1 %2</translation>
    </message>
</context>
<context>
    <name>sb::ui::UndoBar</name>
    <message>
        <source>Undo</source>
        <translation>Rückgängig</translation>
    </message>
</context>
<context>
    <name>sb::ui::ViewBar</name>
    <message>
        <source>Organization (%1)</source>
        <translation>Organisation (%1)</translation>
    </message>
    <message>
        <source>UTC</source>
        <translation>UTC</translation>
    </message>
    <message>
        <source>This computer (%1)</source>
        <translation>Dieser Rechner (%1)</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>Heute</translation>
    </message>
    <message>
        <source>24 hours</source>
        <translation>24 Stunden</translation>
    </message>
    <message>
        <source>7 days</source>
        <translation>7 Tage</translation>
    </message>
    <message>
        <source>30 days</source>
        <translation>30 Tage</translation>
    </message>
    <message>
        <source>90 days</source>
        <translation>90 Tage</translation>
    </message>
    <message>
        <source>Month to date</source>
        <translation>Monat bis heute</translation>
    </message>
    <message>
        <source>Last month</source>
        <translation>Letzter Monat</translation>
    </message>
    <message>
        <source>Custom</source>
        <translation>Frei gewählt</translation>
    </message>
    <message>
        <source>Period</source>
        <translation>Zeitraum</translation>
    </message>
    <message>
        <source>First day</source>
        <translation>Erster Tag</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>Letzter Tag</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Provider</source>
        <translation>Anbieter</translation>
    </message>
    <message>
        <source>Project</source>
        <translation>Projekt</translation>
    </message>
    <message>
        <source>Environment</source>
        <translation>Umgebung</translation>
    </message>
    <message>
        <source>Service</source>
        <translation>Dienst</translation>
    </message>
    <message>
        <source>Group by</source>
        <translation>Gruppieren nach</translation>
    </message>
    <message>
        <source>Time zone</source>
        <translation>Zeitzone</translation>
    </message>
</context>
</TS>
