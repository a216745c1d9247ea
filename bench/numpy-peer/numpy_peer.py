"""The NumPy/SciPy reference of the analysis of one hour (from the project's reference material), run twice.
usage: numpy_peer.py HOUR.i16   prints the CPU time of the analysis and of the process so far, in ms, after each run"""
import os; os.environ.setdefault('OPENBLAS_NUM_THREADS','1')
import numpy as np,time,sys
from scipy.ndimage import median_filter
S=np.array([127,356,234,454,162,389,21,251,54,284,103,332,67,297,109,338,93,323,10,151,9,8,168,6,197,195,5]); eu={'R':[160,159,158],'L':[387,386,385]}; el={'R':[144,145,153],'L':[373,374,380]}; br={'R':[70,63,105,66,107],'L':[300,293,334,296,336]}; mo={'R':61,'L':291}
for rep in range(2):
    t0=time.perf_counter(); c0=time.process_time(); A=np.fromfile(sys.argv[1],np.int16).reshape(-1,478,3); t1=time.perf_counter(); n=len(A); st=max(1,n//600); ref=np.median(A[::st],axis=0).astype(float); r=(ref[33]+ref[133])/2; l=(ref[263]+ref[362])/2; iod=np.hypot(*(l-r)[:2]); ref=(ref-ref[168])/iod; t2=time.perf_counter()
    P=A[:,S].astype(np.float64); mp=P.mean(1); B=ref[S]; mb=B.mean(0); Pc=P-mp[:,None]; Bc=B-mb; C=np.einsum('fik,il->flk',Pc,Bc,optimize=True); U,D,Vt=np.linalg.svd(C); d=np.sign(np.linalg.det(U@Vt)); D[:,2]*=d; U[:,:,2]*=d[:,None]; R=U@Vt; s=D.sum(1)/(Pc**2).sum((1,2))
    idx=sorted(set(sum(eu.values(),[])+sum(el.values(),[])+sum(br.values(),[])+list(mo.values()))); Q=np.einsum('fij,fkj->fki',R,A[:,idx].astype(np.float64)-mp[:,None],optimize=True)*s[:,None,None]+mb; ix={v:i for i,v in enumerate(idx)}; g={}
    for k in 'RL':
        g['ap'+k]=np.mean([np.linalg.norm(Q[:,ix[u],:2]-Q[:,ix[v],:2],axis=1) for u,v in zip(eu[k],el[k])],axis=0); m=Q[:,ix[mo[k]]]; g['mz'+k]=((-1 if k=='R' else 1)*m[:,0]-m[:,1])*.70710678; g['br'+k]=-Q[:,[ix[i] for i in br[k]],1].mean(1)
    t3=time.perf_counter(); b={k:median_filter(g[k],size=241,mode='nearest') for k in ('apR','apL','mzR','mzL')}; eA=(b['apL']-g['apL'])-(b['apR']-g['apR']); mA=(g['mzL']-b['mzL'])-(g['mzR']-b['mzR']); mad=lambda x:1.4826*np.median(abs(x-np.median(x))); se,sm=max(mad(eA),.002),max(mad(mA),.0013); t4=time.perf_counter(); ev=0
    for sg in (1,-1):
        z=np.hypot(np.clip(sg*eA/se,0,None),np.clip(sg*mA/sm,0,None)); lo=z>2; e=np.flatnonzero(np.diff(np.r_[0,lo.astype(int),0])); 
        last=-99
        for a,c in zip(e[::2],e[1::2]):
            h=np.flatnonzero(z[a:c]>5)
            if len(h): ev+= (a+h[0]-last>2); last=c
    t5=time.perf_counter(); print(f'NumPy frames={n} read={1e3*(t1-t0):.0f} ref={1e3*(t2-t1):.0f} normalise+signals={1e3*(t3-t2):.0f} baseline={1e3*(t4-t3):.0f} events={1e3*(t5-t4):.1f} ({ev}) TOTAL={1e3*(t5-t0):.0f} ms -> {n/(t5-t0):.0f} frames/s, {n/30/(t5-t0):.0f}x real time se={100*se:.2f} sm={100*sm:.2f}')
    import resource; print(f'analysis_ms {1e3*(time.process_time()-c0):.0f} process_ms {1e3*time.process_time():.0f} peak_mb {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024:.0f}')
